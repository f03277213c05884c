import { sql } from 'kysely';
import type { Database } from '../engine/database.ts';

/**
 * Reviews stand in one table, for the actions of every kind of source. Before, a connector's stood in its own row, and only
 * what had been looked at stood here. A review without a pinned hash counts as drifted, so that it asks and lets nothing by.
 */
export async function up(db: Database): Promise<void> {
  await db.schema.alterTable('reviewed_actions').addColumn('risk_level', 'text').execute();
  await db.schema
    .alterTable('reviewed_actions')
    .addColumn('found_risk', 'text', (column) => column.notNull().defaultTo('read'))
    .execute();
  await db.schema
    .alterTable('reviewed_actions')
    .addColumn('hash', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  const connectors = await sql<Connector>`
    select id, organization_id, tool_risk_overrides from org_connectors`.execute(db);
  for (const connector of connectors.rows) await moveReviews(db, connector);
  await db.schema.alterTable('org_connectors').dropColumn('tool_risk_overrides').execute();
}

interface Connector {
  readonly id: string;
  readonly organization_id: string;
  readonly tool_risk_overrides: string;
}

/** What stood in a connector's row, by the tool's name. */
interface Review {
  readonly riskLevel: string | null;
  readonly foundRisk?: string;
  readonly hash: string;
  readonly reviewedBy: string;
  readonly reviewedAt: number;
}

async function moveReviews(db: Database, connector: Connector): Promise<void> {
  // Written by the versions before this one, and by nothing else.
  const reviews = JSON.parse(connector.tool_risk_overrides) as Record<string, Review>;
  for (const [tool, { riskLevel, foundRisk = 'read', hash, reviewedBy, reviewedAt }] of Object.entries(
    reviews,
  )) {
    await sql`
      insert into reviewed_actions
        (organization_id, source_id, action_id, risk_level, found_risk, hash, description, params, reviewed_by, reviewed_at)
      values (${connector.organization_id}, ${`connector:${connector.id}`}, ${tool}, ${riskLevel}, ${foundRisk}, ${hash},
        '', 'null', ${reviewedBy}, ${reviewedAt})
      on conflict (organization_id, source_id, action_id)
        do update set risk_level = excluded.risk_level, found_risk = excluded.found_risk, hash = excluded.hash`.execute(
      db,
    );
  }
}
