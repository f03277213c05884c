import { sql } from 'kysely';
import type { Database } from './engine/database.ts';
import { isThere } from './kept-results.ts';

/** Something that is sealed, and what the place that it is bound to is named by. */
export type SealedRow =
  | {
      readonly kind: 'secret';
      readonly organizationId: string;
      readonly key: string;
      readonly sealed: string;
    }
  | {
      readonly kind: 'integration';
      readonly organizationId: string;
      readonly provider: string;
      readonly sealed: string;
    }
  | { readonly kind: 'webhook' | 'params' | 'result'; readonly id: string; readonly sealed: string };

/** Rows of a kind that are looked at, the newest: enough to tell whether a key is the one they were sealed with. */
const mostOfKind = 20;
/** The same of whole results, which are up to 1 MiB each. */
const mostResults = 3;

/** What is sealed in a database, the newest of each kind; tables that an older version did not have are left out. */
export async function sealedRows(db: Database): Promise<SealedRow[]> {
  const tables = new Set((await db.introspection.getTables()).map(({ name }) => name));
  const kinds = Object.entries(readers).filter(([table]) => tables.has(table));
  return (await Promise.all(kinds.map(([, read]) => read(db)))).flat();
}

const readers: Readonly<Record<string, (db: Database) => Promise<SealedRow[]>>> = {
  secrets: async (db) => {
    const rows = db.selectFrom('secrets').select(['organization_id', 'key', 'sealed']);
    const newest = await rows.orderBy('updated_at', 'desc').limit(mostOfKind).execute();
    return newest.map(({ organization_id, key, sealed }) => ({
      kind: 'secret',
      organizationId: organization_id,
      key,
      sealed,
    }));
  },
  integrations: async (db) => {
    const rows = db.selectFrom('integrations').select(['organization_id', 'provider', 'sealed_token']);
    const newest = await rows.orderBy('updated_at', 'desc').limit(mostOfKind).execute();
    return newest.map(({ organization_id, provider, sealed_token }) => ({
      kind: 'integration',
      organizationId: organization_id,
      provider,
      sealed: sealed_token,
    }));
  },
  notification_targets: async (db) => {
    const rows = db.selectFrom('notification_targets').select(['id', 'sealed_secret']);
    const newest = await rows.orderBy('id', 'desc').limit(mostOfKind).execute();
    return newest.flatMap(({ id, sealed_secret }) =>
      sealed_secret === null ? [] : [{ kind: 'webhook' as const, id, sealed: sealed_secret }],
    );
  },
  action_invocations: async (db) => {
    const rows = db.selectFrom('action_invocations').select(['id', 'params_sealed']);
    // The engines use the partial index only if the query has the literal.
    const waiting = rows.where(sql<boolean>`status = 'pending'`).limit(mostOfKind);
    return (await waiting.execute()).flatMap(({ id, params_sealed }) =>
      params_sealed === null ? [] : [{ kind: 'params' as const, id, sealed: params_sealed }],
    );
  },
  kept_results: async (db) => {
    const rows = db.selectFrom('kept_results').select(['invocation_id', 'sealed']).where(isThere);
    const newest = await rows.orderBy('kept_at', 'desc').limit(mostResults).execute();
    return newest.flatMap(({ invocation_id: id, sealed }) =>
      sealed === null ? [] : [{ kind: 'result' as const, id, sealed }],
    );
  },
};
