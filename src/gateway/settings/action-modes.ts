import type { Mode, StoredModes } from '../../contract/modes.ts';
import { type ModeOwner, readModes, setMode, unsetMode, writeModes } from '../../store/action-modes.ts';
import { findAutomation } from '../../store/automations.ts';
import type { AdminCaller, UserCaller } from '../callers.ts';
import { notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

/** `undefined` means the organization's defaults, an id the overrides of that automation. */
export type AutomationId = string | undefined;

/** The modes as stored, by key. All of these throw `not_found` for an automation that is not theirs. */
export async function readActionModes(
  gateway: Gateway,
  caller: UserCaller,
  automationId: AutomationId,
): Promise<Record<string, string>> {
  const owner = await ownerOf(gateway, caller, automationId);
  return shown((await readModes(gateway.store.db, owner)) ?? {});
}

/** Replaces the whole map. */
export async function writeActionModes(
  gateway: Gateway,
  caller: AdminCaller,
  automationId: AutomationId,
  modes: Readonly<Record<string, Mode>>,
): Promise<Record<string, string>> {
  const owner = await ownerOf(gateway, caller, automationId);
  gateway.log.info({ by: caller.userId, owner, modes }, 'action modes replaced');
  return shown(await gateway.store.write((tx) => writeModes(tx, owner, modes)));
}

export async function setActionMode(
  gateway: Gateway,
  caller: AdminCaller,
  automationId: AutomationId,
  key: string,
  mode: Mode,
): Promise<Record<string, string>> {
  const owner = await ownerOf(gateway, caller, automationId);
  gateway.log.info({ by: caller.userId, owner, key, mode }, 'action mode set');
  return shown(await gateway.store.write((tx) => setMode(tx, owner, key, mode)));
}

/** What is not set need not be unset: no error. */
export async function unsetActionMode(
  gateway: Gateway,
  caller: AdminCaller,
  automationId: AutomationId,
  key: string,
): Promise<Record<string, string>> {
  const owner = await ownerOf(gateway, caller, automationId);
  gateway.log.info({ by: caller.userId, owner, key }, 'action mode unset');
  return shown(await gateway.store.write((tx) => unsetMode(tx, owner, key)));
}

async function ownerOf(gateway: Gateway, caller: UserCaller, automationId: AutomationId): Promise<ModeOwner> {
  if (automationId === undefined) return { table: 'organization', id: caller.organizationId };
  const automation = await findAutomation(gateway.store.db, caller.organizationId, automationId);
  if (automation === undefined) throw notFound('automation');
  return { table: 'automations', id: automation.id };
}

/** A stored value that is no mode is shown too, as text: it denies, and somebody should see why. */
function shown(modes: StoredModes): Record<string, string> {
  return Object.fromEntries(
    Object.entries(modes).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
