import { readFileSync } from 'node:fs';
import { codeOf, messageOf } from '../lib/errors.ts';
import { isJsonObject } from '../lib/json.ts';
import { usage } from './exit.ts';
import { readStandardInput } from './typed-in.ts';

/** `--params`: JSON, `@file`, or `-` for standard input; nothing is `{}`. Throws `usage`. */
export async function readParams(given: string | undefined): Promise<unknown> {
  if (given === undefined) return {};
  const where = given === '-' ? 'Standard input' : given.startsWith('@') ? given.slice(1) : '--params';
  const text =
    given === '-' ? await readStandardInput() : given.startsWith('@') ? readFile(given.slice(1)) : given;
  const params = parsed(where, text);
  if (isJsonObject(params)) return params;
  throw usage(`${where} must hold a JSON object, like {"title":"Login fails"}.`);
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = codeOf(error) === 'ENOENT' ? 'there is no such file' : messageOf(error);
    throw usage(`${path} cannot be read: ${reason}.`);
  }
}

function parsed(where: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usage(`${where} is not valid JSON: ${messageOf(error)}. In a shell, put single quotes around it.`);
  }
}
