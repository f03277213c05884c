import { sql } from 'kysely';
import { type Database, engineOf } from '../engine/database.ts';
import { fromMoment } from '../engine/moments.ts';

/** As each engine keeps better-auth's moments. */
type Moment = string | Date;

/**
 * Every right that somebody has been given (a way to sign in, a browser's session, a token, a link, a code, an invitation, an
 * agent's session), and what it came from. What was there before came from nobody knows where, and ends when its person ends it.
 * Browsers are signed out once, because a session now has a second secret; links and codes under way are over.
 *
 * And what names one person belongs to one: accounts with a provider, passwords, passkeys. Of two, the later one goes. An address is
 * proven by a provider alone; before, an invitation proved it.
 */
export async function up(db: Database): Promise<void> {
  await grants(db);
  await sql`delete from auth_session`.execute(db);
  await sql`delete from one_time_links where purpose <> 'invitation' or used_at is not null`.execute(db);
  await db.schema.alterTable('auth_session').dropColumn('userTokenId').execute();
  await db.schema.alterTable('one_time_links').dropColumn('user_token_id').execute();
  await db.schema.alterTable('one_time_links').addColumn('grant_id', 'text').execute();
  await sql`update one_time_links set grant_id = subject`.execute(db);
  await deviceCodes(db);
  await once(db);
  const isProven = engineOf(db) === 'postgres' ? sql`true` : sql`1`;
  const isNot = engineOf(db) === 'postgres' ? sql`false` : sql`0`;
  await sql`update auth_user set "emailVerified" = ${isNot} where "emailVerified" = ${isProven}
    and id not in (select "userId" from auth_account where "providerId" <> 'credential')`.execute(db);
  await fillLedger(db);
}

async function grants(db: Database): Promise<void> {
  await db.schema
    .createTable('grants')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('organization_id', 'text')
    .addColumn('parent_id', 'text')
    .addColumn('method', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('bounded_until', 'bigint')
    .addColumn('used_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('address', 'text')
    .addColumn('user_agent', 'text')
    .addColumn('proven_at', 'bigint')
    .addColumn('secret_hash', 'text')
    .execute();
  await db.schema.createIndex('grants_of_user').on('grants').columns(['user_id', 'id']).execute();
  await db.schema.createIndex('grants_by_parent').on('grants').column('parent_id').execute();
}

/** Codes of command lines that wait to be let in. better-auth's table could not say who had approved one. */
async function deviceCodes(db: Database): Promise<void> {
  await db.schema.dropTable('auth_device_code').execute();
  await db.schema
    .createTable('device_codes')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('device_hash', 'text', (column) => column.notNull().unique())
    .addColumn('user_code_hash', 'text', (column) => column.notNull().unique())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('user_agent', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('polled_at', 'bigint')
    .execute();
}

async function once(db: Database): Promise<void> {
  await sql`delete from auth_account where id in (
    select later.id from auth_account later join auth_account earlier
    on earlier."providerId" = later."providerId" and earlier.id < later.id
    where earlier."accountId" = later."accountId"
    or (later."providerId" = 'credential' and earlier."userId" = later."userId"))`.execute(db);
  await sql`delete from auth_passkey where id in (
    select later.id from auth_passkey later join auth_passkey earlier
    on earlier."credentialID" = later."credentialID" and earlier.id < later.id)`.execute(db);
  await db.schema
    .createIndex('auth_account_once')
    .unique()
    .on('auth_account')
    .columns(['providerId', 'accountId'])
    .execute();
  await db.schema
    .createIndex('auth_password_once')
    .unique()
    .on('auth_account')
    .column('userId')
    .where(sql.ref('providerId'), '=', sql`'credential'`)
    .execute();
  await db.schema.dropIndex('auth_passkey_by_credential').execute();
  await db.schema
    .createIndex('auth_passkey_once')
    .unique()
    .on('auth_passkey')
    .column('credentialID')
    .execute();
}

async function fillLedger(db: Database): Promise<void> {
  await sql`insert into grants (id, kind, user_id, organization_id, created_at, expires_at, ended_at)
    select id, 'user_token', user_id, organization_id, created_at, expires_at, revoked_at from user_tokens`.execute(
    db,
  );
  await sql`insert into grants (id, kind, user_id, organization_id, created_at, expires_at, ended_at)
    select id, 'agent_session', created_by, organization_id, created_at, expires_at, revoked_at from agent_sessions`.execute(
    db,
  );
  for (const { from, kind, columns } of made) {
    const { rows } = await sql<Made>`select id, ${sql.raw(columns)} from ${sql.raw(from)}`.execute(db);
    for (const row of rows) {
      await sql`insert into grants (id, kind, user_id, organization_id, created_at, expires_at) values (
        ${row.id}, ${kind(row)}, ${row.userId}, ${row.organizationId}, ${ms(row.createdAt) ?? 0}, ${ms(row.expiresAt)})`.execute(
        db,
      );
    }
  }
}

interface Made {
  readonly id: string;
  readonly userId: string;
  readonly what: string | null;
  readonly organizationId: string | null;
  readonly createdAt: Moment | null;
  readonly expiresAt: Moment | null;
}

/** What better-auth's tables tell of it; their moments are other ones on each engine. */
const made: readonly { from: string; kind: (row: Made) => string; columns: string }[] = [
  {
    from: 'auth_account',
    kind: ({ what }) => (what === 'credential' ? 'password' : 'provider_account'),
    columns: `"userId" as "userId", "providerId" as what, null as "organizationId", "createdAt" as "createdAt", null as "expiresAt"`,
  },
  {
    from: 'auth_passkey',
    kind: () => 'passkey',
    columns: `"userId" as "userId", null as what, null as "organizationId", "createdAt" as "createdAt", null as "expiresAt"`,
  },
  {
    from: `invitation where status = 'pending'`,
    kind: () => 'invitation',
    columns: `"inviterId" as "userId", null as what, "organizationId" as "organizationId", "createdAt" as "createdAt", "expiresAt" as "expiresAt"`,
  },
];

function ms(moment: Moment | null): number | null {
  return moment === null ? null : fromMoment(moment);
}
