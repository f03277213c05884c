import type { StoredModes } from '../contract/modes.ts';
import { parseModes } from './action-modes.ts';
import type { Database } from './database.ts';
import { prepared } from './prepared.ts';

/** What has been laid down for a session's actions. */
export interface Standing {
  readonly organizationModes: StoredModes;
  /** Empty where the session belongs to no automation. */
  readonly automationModes: StoredModes;
  /** Source ids and mode keys that the session's user has switched off. */
  readonly disabled: readonly string[];
}

interface Whose {
  readonly organizationId: string;
  readonly automationId: string | null;
  readonly userId: string;
}

/** All of it in one look, at every invocation anew: a change holds from the next one on. */
export async function readStanding(
  db: Database,
  { organizationId, automationId, userId }: Whose,
): Promise<Standing> {
  // No automation has the empty id.
  const { rows } = await standing(db, { organizationId, automationId: automationId ?? '', userId });
  return {
    organizationModes: parseModes(rows[0]?.organization ?? '{}'),
    automationModes: parseModes(rows[0]?.automation ?? '{}'),
    disabled: rows.map((row) => row.disabled).filter((entry) => entry !== null),
  };
}

/** A row for each entry that is switched off, and one where there is none. */
const standing = prepared(
  (
    db,
    {
      organizationId,
      automationId,
      userId,
    }: { organizationId: string; automationId: string; userId: string },
  ) =>
    db
      .selectFrom('organization')
      .leftJoin('automations', (join) =>
        join
          .onRef('automations.organization_id', '=', 'organization.id')
          .on('automations.id', '=', automationId),
      )
      .leftJoin('user_action_preferences', (join) =>
        join
          .onRef('user_action_preferences.organization_id', '=', 'organization.id')
          .on('user_action_preferences.user_id', '=', userId),
      )
      .select([
        'organization.action_modes as organization',
        'automations.action_modes as automation',
        'user_action_preferences.disabled as disabled',
      ])
      .where('organization.id', '=', organizationId),
);
