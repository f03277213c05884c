import type { Database } from './engine/database.ts';

/** What a user has switched off in an organization: source ids and mode keys. */
export async function readDisabled(db: Database, organizationId: string, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('user_action_preferences')
    .select('disabled')
    .where('user_id', '=', userId)
    .where('organization_id', '=', organizationId)
    .orderBy('disabled')
    .execute();
  return rows.map((row) => row.disabled);
}

export async function writeDisabled(
  tx: Database,
  organizationId: string,
  userId: string,
  disabled: readonly string[],
): Promise<void> {
  await tx
    .deleteFrom('user_action_preferences')
    .where('user_id', '=', userId)
    .where('organization_id', '=', organizationId)
    .execute();
  if (disabled.length === 0) return;
  await tx
    .insertInto('user_action_preferences')
    .values(
      [...new Set(disabled.map((entry) => entry.toWellFormed()))].map((entry) => ({
        user_id: userId,
        organization_id: organizationId,
        disabled: entry,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
