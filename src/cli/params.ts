import { readFileSync } from 'node:fs';
import { codeOf, messageOf } from '../lib/errors.ts';
import { inexactNumber } from '../lib/exact-numbers.ts';
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
  const value = parsedOrRefused(where, text);
  const inexact = inexactNumber(text);
  if (inexact === undefined) return value;
  const { written, held } = inexact;
  throw usage(
    `${where} has the number ${written.slice(0, 60)}, which cannot be carried as it is written: it would become ${held}. Write it as a text, in quotes, if the action takes one.`,
  );
}

function parsedOrRefused(where: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usage(`${where} is not valid JSON: ${messageOf(error)}. In a shell, put single quotes around it.`);
  }
}

/** Whether a recorded value is a shortened copy (`policy/truncate`). */
export function isCut(value: unknown): boolean {
  return isJsonObject(value) && value['_truncated'] === true;
}
