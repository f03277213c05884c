import type { Act, ActKind, ActsAnswer } from '../../contract/acts.ts';
import { isoTime } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import { parseJsonOrNull } from '../../lib/json.ts';
import { insertAct, listActs, type NamedActRow } from '../../store/acts.ts';
import type { Database } from '../../store/engine/database.ts';
import type { ActRow } from '../../store/tables.ts';
import { findUser } from '../../store/users.ts';
import type { AdminCaller, UserCaller } from '../callers.ts';
import type { Gateway } from '../gateway.ts';

/** Puts what a person does on record, in the transaction in which they do it. */
export async function recordAct(
  gateway: Gateway,
  tx: Database,
  { organizationId, userId, credential }: UserCaller,
  kind: ActKind,
  subject: NonNullable<Act['subject']>,
): Promise<Act> {
  const row: ActRow = {
    id: newId(),
    organization_id: organizationId,
    kind,
    user_id: userId,
    credential_kind: credential?.kind ?? null,
    credential_id: credential?.id ?? null,
    subject_kind: subject.kind,
    subject_id: subject.id,
    before: null,
    after: null,
    created_at: gateway.clock(),
  };
  await insertAct(tx, row);
  return toAct({ ...row, user_name: (await findUser(tx, userId))?.name ?? null });
}

export interface ActsQuery {
  readonly kind?: ActKind | undefined;
  readonly invocationId?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What people of the organization did, newest first: all of it, or what was about one invocation. */
export async function readActs(
  gateway: Gateway,
  { organizationId }: AdminCaller,
  { invocationId, ...query }: ActsQuery,
): Promise<ActsAnswer> {
  const subject =
    invocationId === undefined ? undefined : ({ kind: 'invocation', id: invocationId } as const);
  const { rows, nextCursor } = await listActs(gateway.store.db, { ...query, organizationId, subject });
  return { acts: rows.map(toAct), nextCursor };
}

function toAct(row: NamedActRow): Act {
  return {
    id: row.id,
    kind: row.kind,
    by: row.user_id === null ? null : { id: row.user_id, name: row.user_name },
    credential: row.credential_kind === null ? null : { kind: row.credential_kind, id: row.credential_id },
    subject:
      row.subject_kind === null || row.subject_id === null
        ? null
        : { kind: row.subject_kind, id: row.subject_id },
    before: parseJsonOrNull(row.before),
    after: parseJsonOrNull(row.after),
    at: isoTime(row.created_at),
  };
}
