import type { Automation } from '../../contract/automations.ts';
import { isoTime } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import * as store from '../../store/automations.ts';
import type { AutomationRow } from '../../store/tables.ts';
import type { AdminCaller, UserCaller } from '../callers.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

/** Throws `conflict` where the name is taken. */
export async function createAutomation(
  gateway: Gateway,
  caller: AdminCaller,
  name: string,
): Promise<Automation> {
  const row: AutomationRow = {
    id: newId(),
    organization_id: caller.organizationId,
    name,
    action_modes: '{}',
    created_by: caller.userId,
    created_at: gateway.clock(),
  };
  const inserted = await gateway.store.write((tx) => store.insertAutomation(tx, row));
  if (inserted === null)
    throw new GatewayError('conflict', `There is an automation "${name}" already. Choose another name.`);
  return toAutomation(inserted);
}

export async function listAutomations(gateway: Gateway, caller: UserCaller): Promise<Automation[]> {
  return (await store.listAutomations(gateway.store.db, caller.organizationId)).map(toAutomation);
}

/** Throws `not_found`. */
export async function getAutomation(gateway: Gateway, caller: UserCaller, id: string): Promise<Automation> {
  const row = await store.findAutomation(gateway.store.db, caller.organizationId, id);
  if (row === undefined) throw notFound('automation');
  return toAutomation(row);
}

/** Its overrides go with it; its sessions fall back on the organization's modes. Throws `not_found`. */
export async function deleteAutomation(gateway: Gateway, caller: AdminCaller, id: string): Promise<void> {
  const deleted = await gateway.store.write((tx) => store.deleteAutomation(tx, caller.organizationId, id));
  if (!deleted) throw notFound('automation');
}

function toAutomation(row: AutomationRow): Automation {
  return {
    id: row.id,
    organizationId: row.organization_id,
    name: row.name,
    createdBy: row.created_by,
    createdAt: isoTime(row.created_at),
  };
}
