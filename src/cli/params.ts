import { readFileSync } from 'node:fs';
import type { Invocation } from '../contract/invocation.ts';
import type { WaitingParams } from '../contract/invocation-context.ts';
import { codeOf, messageOf } from '../lib/errors.ts';
import { inexactNumber } from '../lib/exact-numbers.ts';
import { isJsonObject } from '../lib/json.ts';
import { at, type Client } from './client.ts';
import { Failure, usage } from './exit.ts';
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

/** Whether it waits, and the record holds less than would run (`policy/truncate`). */
export function isShortened({ status, params }: Invocation): boolean {
  return status === 'pending' && isCut(params);
}

/** Whether a recorded value is a shortened copy. */
export function isCut(value: unknown): boolean {
  return isJsonObject(value) && value['_truncated'] === true;
}

/** One that waits, with all that would run; as the record has it for who may not decide, or once it waits no longer. */
export async function withWholeParams(client: Client, invocation: Invocation): Promise<Invocation> {
  if (!isShortened(invocation)) return invocation;
  try {
    const { params } = await client.get<WaitingParams>(at`/v1/invocations/${invocation.id}/params`);
    return { ...invocation, params };
  } catch (error) {
    if (error instanceof Failure && passing.has(error.code)) return invocation;
    throw error;
  }
}

const passing: ReadonlySet<string> = new Set(['forbidden', 'conflict', 'changed', 'expired']);
