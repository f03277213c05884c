import type { Invocation } from '../contract/invocation.ts';
import { at } from './client.ts';
import { Failure } from './exit.ts';
import { isCut } from './params.ts';
import { note } from './print.ts';
import type { Agent } from './who.ts';

export interface WithResult {
  readonly invocation: Invocation;
  readonly result: unknown;
}

/** An invocation of the session that has ended, with all of its result. Throws what the gateway answers, such as `result_gone`. */
export function readWholeResult({ client, actions }: Agent, id: string): Promise<WithResult> {
  return client.get<WithResult>(actions + at`/invocations/${id}/result`);
}

/** All of an invocation's result; where that cannot be had, the record's copy, and a note of why. */
export async function wholeResult(agent: Agent, invocation: Invocation): Promise<unknown> {
  if (!isCut(invocation.result)) return invocation.result;
  try {
    return (await readWholeResult(agent, invocation.id)).result;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    note(
      error.code === 'result_gone'
        ? error.message
        : `The result is shortened: all of it could not be had. ${error.message} Ask again: assent actions result ${invocation.id}`,
    );
    return invocation.result;
  }
}
