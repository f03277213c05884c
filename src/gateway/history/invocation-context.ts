import type { InvocationAction, InvocationContext } from '../../contract/invocation-context.ts';
import { findAgentSession } from '../../store/agent-sessions.ts';
import { findAutomation } from '../../store/automations.ts';
import { findInvocation } from '../../store/invocations.ts';
import type { InvocationRow, UserRow } from '../../store/tables.ts';
import { findUser } from '../../store/users.ts';
import { actionNow } from '../actions/action-now.ts';
import { sourceOf } from '../actions/catalog.ts';
import { modesFor, reviewedActionsOf, toSourceAction } from '../actions/source-actions.ts';
import type { UserCaller } from '../callers.ts';
import { notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

/** The names behind an invocation's ids: whose session, under which automation, and who decided. Throws `not_found`. */
export async function invocationContext(
  gateway: Gateway,
  caller: UserCaller,
  id: string,
): Promise<InvocationContext> {
  const row = await rowOf(gateway, caller, id);
  const [session, automation, source, decidedBy] = await Promise.all([
    sessionOf(gateway, row),
    automationOf(gateway, row),
    shownSource(gateway, row),
    personOf(gateway, row.decided_by),
  ]);
  return { session, automation, source: source ?? null, decidedBy };
}

/**
 * The action as its source offers it now, and whether an approval would still find what was asked for.
 * Throws `not_found`, and `source_unavailable` with the reason.
 */
export async function invocationAction(
  gateway: Gateway,
  caller: UserCaller,
  id: string,
): Promise<InvocationAction> {
  const row = await rowOf(gateway, caller, id);
  const found = await actionNow(gateway, row);
  if (found === undefined) return { action: null, isSame: false };
  const { source, definition, differs } = found;
  const isSame = differs.length === 0;
  const automationId = (await automationOf(gateway, row))?.id;
  const modes = await modesFor(gateway, row.organization_id, automationId);
  const reviewOf = await reviewedActionsOf(gateway, row.organization_id, source.id);
  const reviewed = reviewOf(definition.id);
  return { action: toSourceAction(source.id, definition, modes, { reviewed, automationId }), isSame };
}

async function rowOf(gateway: Gateway, { organizationId }: UserCaller, id: string): Promise<InvocationRow> {
  const row = await findInvocation(gateway.store.db, organizationId, id);
  if (row === undefined) throw notFound('invocation');
  return row;
}

async function sessionOf(gateway: Gateway, row: InvocationRow): Promise<InvocationContext['session']> {
  const session = await findAgentSession(gateway.store.db, row.organization_id, row.session_id);
  if (session === undefined) return null;
  return { id: session.id, name: session.name, createdBy: await personOf(gateway, session.created_by) };
}

async function automationOf(gateway: Gateway, row: InvocationRow): Promise<InvocationContext['automation']> {
  if (row.automation_id === null) return null;
  const automation = await findAutomation(gateway.store.db, row.organization_id, row.automation_id);
  return automation === undefined ? null : { id: automation.id, name: automation.name };
}

async function shownSource(gateway: Gateway, row: InvocationRow): Promise<InvocationContext['source']> {
  const found = await sourceOf(gateway, row.organization_id, row.source_id);
  return found === undefined ? null : { id: found.id, kind: found.kind, displayName: found.displayName };
}

async function personOf(gateway: Gateway, id: string | null): Promise<InvocationContext['decidedBy']> {
  const user = id === null ? undefined : await findUser(gateway.store.db, id);
  return user === undefined ? null : toPerson(user);
}

function toPerson({ id, name }: UserRow): InvocationContext['decidedBy'] {
  return { id, name };
}
