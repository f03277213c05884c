import type { Mode, StoredModes } from '../contract/modes.ts';
import { isJsonObject, parseJson } from '../lib/json.ts';
import { type Database, lockRow } from './engine/database.ts';

/** Whose map: the organization's defaults, or the overrides of one automation. */
export type ModeOwner =
  | { readonly table: 'organization'; readonly id: string }
  | { readonly table: 'automations'; readonly id: string };

/** As stored, also values that are no mode: policy denies those, so they must not be left out here. */
export async function readModes(db: Database, owner: ModeOwner): Promise<StoredModes | undefined> {
  const row = await db
    .selectFrom(owner.table)
    .select('action_modes')
    .where('id', '=', owner.id)
    .executeTakeFirst();
  return row === undefined ? undefined : parseModes(row.action_modes);
}

export async function writeModes(
  tx: Database,
  owner: ModeOwner,
  modes: Readonly<Record<string, Mode>>,
): Promise<StoredModes> {
  return change(tx, owner, () => modes);
}

export async function setMode(tx: Database, owner: ModeOwner, key: string, mode: Mode): Promise<StoredModes> {
  return change(tx, owner, (modes) => ({ ...modes, [key]: mode }));
}

export async function unsetMode(tx: Database, owner: ModeOwner, key: string): Promise<StoredModes> {
  return change(tx, owner, (modes) =>
    Object.fromEntries(Object.entries(modes).filter(([other]) => other !== key)),
  );
}

async function change(
  tx: Database,
  owner: ModeOwner,
  next: (modes: StoredModes) => StoredModes,
): Promise<StoredModes> {
  await lockRow(tx, owner.table, owner.id);
  const changed = next((await readModes(tx, owner)) ?? {});
  await tx
    .updateTable(owner.table)
    .set({ action_modes: JSON.stringify(changed) })
    .where('id', '=', owner.id)
    .execute();
  return changed;
}

/** JSON that the gateway wrote. Policy checks the values, not this function. */
export function parseModes(text: string): StoredModes {
  if (text === '{}') return {};
  const modes = parseJson(text);
  return isJsonObject(modes) ? modes : {};
}
