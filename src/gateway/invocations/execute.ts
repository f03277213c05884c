import { setTimeout as sleep } from 'node:timers/promises';
import type { Invocation } from '../../contract/invocation.ts';
import { messageOf } from '../../lib/errors.ts';
import type { JsonObject, JsonValue } from '../../lib/json.ts';
import { recordableText } from '../../policy/record.ts';
import type { ActionSource, SourceAnswer } from '../../sources/action-source.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { startExecuting } from '../../store/transitions.ts';
import { openContext } from '../actions/source-context.ts';
import { announceCompleted } from '../announce.ts';
import { dropResultsNow } from '../drop-results.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { toInvocation } from '../to-invocation.ts';
import { ProgressReports } from './progress.ts';
import { recordOutcome, toRecord } from './record-outcome.ts';
import { type RecordableAnswer, recordableAnswer } from './recordable-answer.ts';

export interface Executed {
  readonly invocation: Invocation;
  /** Redacted, and larger than the invocation's copy where that had to be cut. */
  readonly result: JsonValue;
}

/**
 * Starts to carry out an approved invocation, once: says so on the disk, asks the source, and records how it ended.
 * No request carries it: it goes on when nobody waits for its promise any more, and a stop waits for it.
 * Of any number of callers one gets past the first step; the others' promises reject with `conflict`.
 */
export function startExecution(
  gateway: Gateway,
  approved: InvocationRow,
  source: ActionSource,
  params: JsonObject,
): Promise<Executed> {
  return underWay(gateway, approved.id, async (late) => {
    const now = gateway.clock();
    const started = await gateway.store.write((tx) => startExecuting(tx, approved.id, now, gateway.id));
    if (started === undefined) {
      throw new GatewayError('conflict', 'This invocation is no longer to be executed. Look at its status.');
    }
    return askAndRecord(gateway, { ...approved, ...started }, source, params, late);
  });
}

/** The same for one that this caller, and no other, has put on the disk as `executing`. */
export function carryOut(
  gateway: Gateway,
  executing: InvocationRow,
  source: ActionSource,
  params: JsonObject,
): Promise<Executed> {
  return underWay(gateway, executing.id, (late) => askAndRecord(gateway, executing, source, params, late));
}

/**
 * Its lease is renewed, and a stop waits, as long as the work lasts; what goes wrong is logged, since nobody may be waiting. Who
 * waits is refused once the work says that its outcome comes late.
 */
function underWay(
  gateway: Gateway,
  id: string,
  work: (late: (reason: GatewayError) => void) => Promise<Executed>,
): Promise<Executed> {
  const { promise: waiting, reject: late } = Promise.withResolvers<never>();
  const execution = work(late).finally(() => gateway.underWay.delete(id));
  gateway.underWay.set(id, execution);
  execution.catch((error: unknown) =>
    gateway.log.warn({ err: error, invocationId: id }, 'an execution has no outcome'),
  );
  return Promise.race([execution, waiting]);
}

async function askAndRecord(
  gateway: Gateway,
  executing: InvocationRow,
  source: ActionSource,
  params: JsonObject,
  late: (reason: GatewayError) => void,
): Promise<Executed> {
  const { ending, result, whole } = await ask(gateway, executing, source, params);
  const outcome = toRecord(gateway, executing, ending, whole);
  const record = () => gateway.store.write((tx) => recordOutcome(gateway, tx, executing, outcome));
  const recorded = await insist(gateway, record, () => late(unrecorded()));
  if (recorded === undefined) {
    throw new GatewayError(
      'conflict',
      'The execution took so long that it was given up. Look at its status.',
    );
  }
  const invocation = toInvocation({ ...executing, ...recorded.ended });
  announceCompleted(gateway, invocation);
  if (recorded.keptBytes > gateway.limits.keptBytes) await dropResultsNow(gateway);
  return { invocation, result };
}

function unrecorded(): GatewayError {
  return new GatewayError(
    'unavailable',
    'The action has ended, and the database takes no outcome at present: it is recorded as soon as it does. Do not ask again; look at its status.',
  );
}

/** Between two tries, in ms; together longer than a database takes to come back from a restart. The last is repeated. */
const pauses = [100, 200, 400, 800, 1600, 3200, 6400];

/**
 * What came of an action is known only here: a database that fails is asked again until it takes that, or until a stop waits no
 * longer. `onLong` is called once all pauses have been made.
 */
async function insist<Result>(
  gateway: Gateway,
  work: () => Promise<Result>,
  onLong: () => void,
): Promise<Result> {
  const { signal } = gateway.givingUp;
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw error;
      if (tries === pauses.length) onLong();
      const pause = pauses[tries] ?? pauses.at(-1);
      gateway.log.error({ err: error, pause }, 'an outcome could not be recorded, and will be tried again');
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Nothing that a source answers or throws gets further than this without redaction. */
async function ask(
  gateway: Gateway,
  row: InvocationRow,
  source: ActionSource,
  params: JsonObject,
): Promise<RecordableAnswer> {
  const reports = new ProgressReports(gateway, row);
  using opened = openContext(gateway, row.organization_id, row.session_id, source, (progress, values) =>
    reports.report(progress, values),
  );
  const { context, revealed } = opened;
  let said: SourceAnswer;
  try {
    said = await settledWithin(context.signal, () => source.execute(row.action_id, params, context));
  } catch (error) {
    const reason = recordableText(messageOf(error), revealed);
    logFailure(gateway, row, reason);
    return { ending: { status: 'failed', error: reason }, result: null, whole: undefined };
  } finally {
    reports.end();
  }
  const recorded = await recordableAnswer(said, revealed, `session ${row.session_id}`);
  if (recorded.ending.status === 'failed') logFailure(gateway, row, recorded.ending.error);
  return recorded;
}

function logFailure(gateway: Gateway, row: InvocationRow, reason: string): void {
  const { id: invocationId, source_id: sourceId, action_id: actionId } = row;
  gateway.log.warn({ invocationId, sourceId, actionId, reason }, 'action failed');
}

/** A source that ignores its signal holds nobody beyond it. */
async function settledWithin<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
  if (signal.aborted) throw new Error('The gateway is stopping. Nothing was sent.');
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () =>
    reject(new Error('The source did not answer in time. The action may or may not have been carried out.'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
