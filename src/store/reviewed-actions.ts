import type { Database } from './engine/database.ts';
import type { ReviewedActionRow } from './tables.ts';

/** Keeps what was looked at, in place of what was before. */
export async function putReviewedAction(tx: Database, row: ReviewedActionRow): Promise<void> {
  const { description, params, reviewed_by, reviewed_at } = row;
  await tx
    .insertInto('reviewed_actions')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'source_id', 'action_id'])
        .doUpdateSet({ description, params, reviewed_by, reviewed_at }),
    )
    .execute();
}

export async function listReviewedActions(
  db: Database,
  organizationId: string,
  sourceId: string,
): Promise<ReviewedActionRow[]> {
  return db
    .selectFrom('reviewed_actions')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('source_id', '=', sourceId)
    .execute();
}

/** What goes with a source that is removed. */
export async function deleteReviewedActions(
  tx: Database,
  organizationId: string,
  sourceId: string,
): Promise<void> {
  await tx
    .deleteFrom('reviewed_actions')
    .where('organization_id', '=', organizationId)
    .where('source_id', '=', sourceId)
    .execute();
}
