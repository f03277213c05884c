import type { StoredModes } from '../contract/modes.ts';
import { parseModes } from './action-modes.ts';
import type { Database } from './engine/database.ts';
import { prepared } from './engine/prepared.ts';
import type { AgentSessionRow } from './tables.ts';

/** What is set for a session's actions. */
export interface SessionPolicy {
  readonly organizationModes: StoredModes;
  /** Empty if the session belongs to no automation. */
  readonly automationModes: StoredModes;
  /** Source ids and mode keys that the session's user has switched off. */
  readonly disabled: readonly string[];
}

/** A session and everything that applies to it now, read in one query: every request of an agent begins with it. */
export interface SessionWithPolicy {
  readonly row: AgentSessionRow;
  readonly policy: SessionPolicy;
}

/** Finds it by the hash of its token, also if it is revoked or expired, so that the caller can say which. */
export async function findSessionPolicyByToken(
  db: Database,
  tokenHash: string,
): Promise<SessionWithPolicy | undefined> {
  const { rows } = await byToken(db, { tokenHash });
  return toSessionPolicy(rows);
}

export async function findSessionPolicy(
  db: Database,
  organizationId: string,
  id: string,
): Promise<SessionWithPolicy | undefined> {
  const { rows } = await byId(db, { organizationId, id });
  return toSessionPolicy(rows);
}

const byToken = prepared((db, { tokenHash }: { tokenHash: string }) =>
  policies(db).where('agent_sessions.token_hash', '=', tokenHash),
);

const byId = prepared((db, { organizationId, id }: { organizationId: string; id: string }) =>
  policies(db)
    .where('agent_sessions.id', '=', id)
    .where('agent_sessions.organization_id', '=', organizationId),
);

/** One row for each entry that the session's user has switched off, and one row if there is none. */
function policies(db: Database) {
  return db
    .selectFrom('agent_sessions')
    .innerJoin('organization', 'organization.id', 'agent_sessions.organization_id')
    .leftJoin('automations', (join) =>
      join
        .onRef('automations.id', '=', 'agent_sessions.automation_id')
        .onRef('automations.organization_id', '=', 'organization.id'),
    )
    .leftJoin('user_action_preferences as preferences', (join) =>
      join
        .onRef('preferences.organization_id', '=', 'organization.id')
        .onRef('preferences.user_id', '=', 'agent_sessions.created_by'),
    )
    .selectAll('agent_sessions')
    .select([
      'organization.action_modes as organization_modes',
      'automations.action_modes as automation_modes',
      'preferences.disabled as disabled',
    ]);
}

type Joined = AgentSessionRow & {
  readonly organization_modes: string;
  readonly automation_modes: string | null;
  readonly disabled: string | null;
};

function toSessionPolicy(rows: readonly Joined[]): SessionWithPolicy | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  return {
    row: first,
    policy: {
      organizationModes: parseModes(first.organization_modes),
      automationModes: parseModes(first.automation_modes ?? '{}'),
      disabled: rows.map((row) => row.disabled).filter((entry) => entry !== null),
    },
  };
}
