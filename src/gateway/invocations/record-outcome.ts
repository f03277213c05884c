import { findAgentSession } from '../../store/agent-sessions.ts';
import { type Database, lockRow } from '../../store/engine/database.ts';
import { type KeptResult, keepResult } from '../../store/kept-results.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { type Ending, endExecuting } from '../../store/transitions.ts';
import type { Gateway } from '../gateway.ts';
import { resultSealContext } from './whole-result.ts';

/** How an execution has ended, and what is kept beside the row. */
export interface ToRecord {
  readonly ending: Ending;
  /** Of a result that the row holds only a part of: all of it, sealed. */
  readonly kept: (KeptResult & { readonly sealed: string }) | undefined;
}

/** Seals what is kept of a result, once, however often recording it is tried. `whole` is JSON, where the row has less. */
export function toRecord(
  gateway: Gateway,
  { id, session_id }: InvocationRow,
  ending: Ending,
  whole: string | undefined,
): ToRecord {
  if (whole === undefined) return { ending, kept: undefined };
  const sealed = gateway.sealer.seal(whole, resultSealContext(id));
  return { ending, kept: { invocation_id: id, session_id, bytes: Buffer.byteLength(whole), sealed } };
}

/**
 * Ends the row and keeps its result, in one transaction; nothing is kept for a session that was revoked meanwhile. Returns what
 * has changed in the row, and what the database keeps in all, bytes; `undefined` where another one has ended it.
 */
export async function recordOutcome(
  gateway: Gateway,
  tx: Database,
  row: InvocationRow,
  { ending, kept }: ToRecord,
): Promise<{ readonly ended: Partial<InvocationRow>; readonly keptBytes: number } | undefined> {
  const now = gateway.clock();
  const mayRead = kept !== undefined && (await holdLiveSession(tx, row, now));
  const ended = await endExecuting(tx, row.id, now, gateway.id, ending);
  if (ended === undefined) return undefined;
  const { keptPerSessionBytes } = gateway.limits;
  const keptBytes = mayRead ? await keepResult(tx, { ...kept, kept_at: now }, keptPerSessionBytes) : 0;
  return { ended, keptBytes };
}

/** Whether the session can still read, and until the end of the transaction nobody revokes it. */
async function holdLiveSession(
  tx: Database,
  { organization_id, session_id }: InvocationRow,
  now: number,
): Promise<boolean> {
  await lockRow(tx, 'agent_sessions', session_id);
  const session = await findAgentSession(tx, organization_id, session_id);
  return session !== undefined && session.revoked_at === null && session.expires_at > now;
}
