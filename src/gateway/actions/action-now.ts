import type { InvocationRow } from '../../store/tables.ts';
import type { Gateway } from '../gateway.ts';
import { sourceOf } from './catalog.ts';
import { type FoundAction, type TargetPart, targetDifference } from './hashes.ts';
import { listAfresh } from './list-afresh.ts';

/** `differs` is empty where action and source are still what the agent asked for; nothing else is carried out. */
export interface ActionNow extends FoundAction {
  readonly differs: readonly TargetPart[];
}

/**
 * The action that an invocation names, as its source offers it now; `undefined` where it is not offered any more.
 * Throws `source_unavailable`, with the reason.
 */
export async function actionNow(gateway: Gateway, row: InvocationRow): Promise<ActionNow | undefined> {
  const source = await sourceOf(gateway, row.organization_id, row.source_id);
  if (source === undefined) return undefined;
  const { definitions } = await listAfresh(gateway, row.organization_id, source);
  const definition = definitions.find((candidate) => candidate.id === row.action_id);
  if (definition === undefined) return undefined;
  return { source, definition, differs: targetDifference(row.target_hash, { source, definition }) };
}
