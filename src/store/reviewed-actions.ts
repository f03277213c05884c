import type { SetUpBy } from '../contract/sources.ts';
import { type Database, engineOf } from './engine/database.ts';
import { prepared } from './engine/prepared.ts';
import type { ReviewedActionRow } from './tables.ts';

/** What policy asks of a review. */
export type ReviewRow = Pick<
  ReviewedActionRow,
  'source_id' | 'action_id' | 'risk_level' | 'found_risk' | 'hash'
>;

const asked = ['source_id', 'action_id', 'risk_level', 'found_risk', 'hash'] as const;

interface ActionKey {
  readonly organizationId: string;
  readonly sourceId: string;
  readonly actionId: string;
}

const byAction = prepared((db, { organizationId, sourceId, actionId }: ActionKey) =>
  db
    .selectFrom('reviewed_actions')
    .select(asked)
    .where('organization_id', '=', organizationId)
    .where('source_id', '=', sourceId)
    .where('action_id', '=', actionId),
);

/** The review of one action; `undefined` if it was not reviewed. */
export async function findReview(db: Database, key: ActionKey): Promise<ReviewRow | undefined> {
  const { rows } = await byAction(db, key);
  return rows[0];
}

/** Every review of an organization, without what was looked at. */
export async function listReviews(db: Database, organizationId: string): Promise<ReviewRow[]> {
  return db
    .selectFrom('reviewed_actions')
    .select(asked)
    .where('organization_id', '=', organizationId)
    .execute();
}

/** The reviews of a source's actions, with what was looked at. */
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

/**
 * Keeps a review in place of the one before. `riskLevel` undefined leaves the word that an earlier one gave; `null` takes it
 * back. One statement, so that of two reviews at the same moment neither loses what the other sets.
 */
export async function putReview(
  tx: Database,
  row: Omit<ReviewedActionRow, 'risk_level'>,
  riskLevel: ReviewedActionRow['risk_level'] | undefined,
): Promise<ReviewedActionRow> {
  const { found_risk, hash, description, params, reviewed_by, reviewed_at } = row;
  const looked = { found_risk, hash, description, params, reviewed_by, reviewed_at };
  return tx
    .insertInto('reviewed_actions')
    .values({ ...row, risk_level: riskLevel ?? null })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'source_id', 'action_id'])
        .doUpdateSet({ ...looked, ...(riskLevel !== undefined && { risk_level: riskLevel }) }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Whether the setting that a source comes from is still there; it cannot go before the transaction ends. What no setting made
 * is always there.
 */
export async function holdSetUp(
  tx: Database,
  organizationId: string,
  setUpBy: SetUpBy | null,
): Promise<boolean> {
  if (setUpBy === null) return true;
  const query = setUps[setUpBy.type](tx, organizationId, setUpBy.id);
  const held = engineOf(tx) === 'postgres' ? query.forUpdate() : query;
  return (await held.executeTakeFirst()) !== undefined;
}

const setUps = {
  connector: (tx: Database, organizationId: string, id: string) =>
    tx
      .selectFrom('org_connectors')
      .select('organization_id')
      .where('id', '=', id)
      .where('organization_id', '=', organizationId),
  integration: (tx: Database, organizationId: string, provider: string) =>
    tx
      .selectFrom('integrations')
      .select('organization_id')
      .where('provider', '=', provider)
      .where('organization_id', '=', organizationId),
} as const;

/** Deletes the reviews of a source that is removed. */
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
