import type { Database } from '../../store/engine/database.ts';
import { findReview, listReviews, type ReviewRow } from '../../store/reviewed-actions.ts';
import type { ActionReview } from './evaluate.ts';

/** The review of one action, as the transaction sees it. */
export async function reviewOf(
  db: Database,
  organizationId: string,
  sourceId: string,
  actionId: string,
): Promise<ActionReview | undefined> {
  const row = await findReview(db, { organizationId, sourceId, actionId });
  return row && toReview(row);
}

/** Looks the reviews of an organization's actions up, all read at once. */
export type Reviews = (sourceId: string, actionId: string) => ActionReview | undefined;

export async function reviewsOf(db: Database, organizationId: string): Promise<Reviews> {
  const bySource = new Map<string, Map<string, ActionReview>>();
  for (const row of await listReviews(db, organizationId)) {
    const byAction = bySource.get(row.source_id) ?? new Map<string, ActionReview>();
    bySource.set(row.source_id, byAction.set(row.action_id, toReview(row)));
  }
  return (sourceId, actionId) => bySource.get(sourceId)?.get(actionId);
}

export function toReview({ risk_level, found_risk, hash }: Omit<ReviewRow, 'source_id'>): ActionReview {
  return { riskLevel: risk_level, foundRisk: found_risk, hash };
}
