import type { Database } from './engine/database.ts';
import type { ActRow } from './tables.ts';

/** Acts are only ever added. */
export async function insertAct(tx: Database, row: ActRow): Promise<void> {
  await tx.insertInto('acts').values(row).execute();
}

export interface ActFilter {
  readonly organizationId: string;
  readonly kind?: ActRow['kind'] | undefined;
  readonly subject?: { readonly kind: NonNullable<ActRow['subject_kind']>; readonly id: string } | undefined;
  readonly limit: number;
  /** The id of the last act of the page before. */
  readonly cursor?: string | undefined;
}

/** With the name of who did it, where that user is there still. */
export type NamedActRow = ActRow & { readonly user_name: string | null };

/** Newest first, `limit` at most; `nextCursor` is `null` at the end. */
export async function listActs(
  db: Database,
  { organizationId, kind, subject, limit, cursor }: ActFilter,
): Promise<{ rows: NamedActRow[]; nextCursor: string | null }> {
  const found = await db
    .selectFrom('acts')
    .leftJoin('auth_user', 'auth_user.id', 'acts.user_id')
    .selectAll('acts')
    .select('auth_user.name as user_name')
    .where('acts.organization_id', '=', organizationId)
    .$if(kind !== undefined, (query) => query.where('acts.kind', '=', kind ?? 'reveal'))
    .$if(subject !== undefined, (query) =>
      query
        .where('acts.subject_kind', '=', subject?.kind ?? null)
        .where('acts.subject_id', '=', subject?.id ?? null),
    )
    .$if(cursor !== undefined, (query) => query.where('acts.id', '<', cursor ?? ''))
    .orderBy('acts.id', 'desc')
    .limit(limit + 1)
    .execute();
  const rows = found.slice(0, limit);
  return { rows, nextCursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}
