import type { Invocation, Status } from '../../contract/invocation.ts';
import { codeOf } from '../../lib/errors.ts';
import { type JsonValue, parseJson } from '../../lib/json.ts';
import { type Dropped, findKeptResult } from '../../store/kept-results.ts';
import type { Caller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { readInvocation } from '../history/read-invocations.ts';

/** The place that a whole result belongs to, which its ciphertext is bound to. */
export function resultSealContext(invocationId: string): string {
  return `result:${invocationId}`;
}

/**
 * An invocation with all of its result, for the session that asked: what it would have got at once, redacted as it was then, and
 * up to 1 MiB. Nobody else gets it, whatever their role: people decide on what is asked and read the record, which holds 10 KiB
 * of what came of it; the rest was said to the agent alone.
 * Throws `GatewayError`: `not_found`; `forbidden` for a person; `conflict` where it has not ended, or ended without a result;
 * `result_gone` where it is kept no more.
 */
export async function readWholeResult(
  gateway: Gateway,
  caller: Caller,
  sessionId: string,
  id: string,
): Promise<{ invocation: Invocation; result: JsonValue }> {
  const invocation = await readInvocation(gateway, caller, sessionId, id);
  if (caller.kind !== 'session') throw notForPeople();
  if (!hasResult(invocation)) throw without(invocation);
  const found = await findWhole(gateway, invocation);
  if ('gone' in found) throw gone(gateway, invocation, found.gone);
  return { invocation, result: found.result };
}

/** What an agent is told of an invocation that has ended: all of its result, or the record's copy where that is all there is. */
export async function resultFor(
  gateway: Gateway,
  caller: Caller,
  invocation: Invocation,
): Promise<JsonValue | undefined> {
  if (caller.kind !== 'session' || !hasResult(invocation)) return undefined;
  const found = await findWhole(gateway, invocation);
  return 'gone' in found ? recorded(invocation) : found.result;
}

function hasResult({ status, result }: Invocation): boolean {
  return status === 'completed' || (status === 'failed' && result !== null);
}

type Gone = Dropped | 'unsealable';

/** What is not kept apart is in the record, whole; or all that an earlier version has kept of it. */
async function findWhole(
  gateway: Gateway,
  invocation: Invocation,
): Promise<{ readonly result: JsonValue } | { readonly gone: Gone }> {
  const { id } = invocation;
  const kept = await findKeptResult(gateway.store.db, id);
  if (kept === undefined) return { result: recorded(invocation) };
  if (kept.kept_at <= gateway.clock() - gateway.limits.keptMs) return { gone: 'age' };
  if (kept.sealed === null) return { gone: kept.dropped ?? 'room' };
  try {
    return { result: parseJson(gateway.sealer.open(kept.sealed, resultSealContext(id))) };
  } catch (error) {
    if (codeOf(error) !== 'unsealable') throw error;
    gateway.log.error({ err: error, invocationId: id }, 'a kept result does not open');
    return { gone: 'unsealable' };
  }
}

function recorded(invocation: Invocation): JsonValue {
  // The row's copy was made from JSON.
  return invocation.result as JsonValue;
}

function notForPeople(): GatewayError {
  return new GatewayError(
    'forbidden',
    'The whole result is for the session that asked, and takes its token. The invocation itself holds the first 10 KiB of it.',
  );
}

/** Why there is nothing to read, and what to do. */
const withoutResult: Readonly<Record<Status, string>> = {
  pending:
    'It waits for a person to decide, and has no result yet. Follow it with `?wait=60`, then ask again.',
  approved: 'It is about to run, and has no result yet. Follow it with `?wait=60`, then ask again.',
  executing: 'It is running, and has no result yet. Follow it with `?wait=60`, then ask again.',
  completed: 'It has no result.',
  denied: 'It was denied, so that nothing was done and there is no result.',
  expired:
    'Nobody decided in time, so that nothing was done and there is no result. Invoke the action again.',
  failed: 'It failed, and the source answered nothing that could be a result.',
};

function without({ status, error }: Invocation): GatewayError {
  const why = status === 'failed' && error !== null ? ` Its error: ${error}` : '';
  return new GatewayError('conflict', withoutResult[status] + why);
}

function gone({ limits }: Gateway, { id }: Invocation, why: Gone): GatewayError {
  const hours = limits.keptMs / 3_600_000;
  const reasons: Readonly<Record<Gone, string>> = {
    age: `It was kept for ${hours} hours, and they are over.`,
    room: 'It had to make room for newer ones.',
    revoked: 'It was dropped when its session was revoked.',
    unsealable: 'It does not open with the key that the gateway has now.',
  };
  return new GatewayError(
    'result_gone',
    `The whole result is kept no more. ${reasons[why]} The record keeps the first 10 KiB: they are the \`result\` of the invocation ${id}.`,
  );
}
