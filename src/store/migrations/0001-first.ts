import { type ColumnDataType, sql } from 'kysely';
import { type Database, type Engine, engineOf } from '../engine/database.ts';

/** better-auth stores moments and flags as each engine does by itself; all other tables keep integer milliseconds. */
const moment: Readonly<Record<Engine, ColumnDataType>> = { sqlite: 'date', postgres: 'timestamptz' };
const flag: Readonly<Record<Engine, ColumnDataType>> = { sqlite: 'integer', postgres: 'boolean' };

export async function up(db: Database): Promise<void> {
  await users(db);
  await organizations(db);
  await signIn(db);
  await sessions(db);
  await invocations(db);
  await configuration(db);
}

async function users(db: Database): Promise<void> {
  const engine = engineOf(db);
  await db.schema
    .createTable('auth_user')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('emailVerified', flag[engine], (column) => column.notNull())
    .addColumn('image', 'text')
    .addColumn('createdAt', moment[engine], (column) => column.notNull())
    .addColumn('updatedAt', moment[engine], (column) => column.notNull())
    .execute();
}

async function organizations(db: Database): Promise<void> {
  const engine = engineOf(db);
  await db.schema
    .createTable('organization')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('slug', 'text', (column) => column.notNull().unique())
    .addColumn('logo', 'text')
    .addColumn('createdAt', moment[engine], (column) => column.notNull())
    .addColumn('metadata', 'text')
    .addColumn('action_modes', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute();
  await db.schema
    .createTable('member')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organizationId', 'text', (column) =>
      column.notNull().references('organization.id').onDelete('cascade'),
    )
    .addColumn('userId', 'text', (column) => column.notNull().references('auth_user.id').onDelete('cascade'))
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('createdAt', moment[engine], (column) => column.notNull())
    .addUniqueConstraint('member_once', ['organizationId', 'userId'])
    .execute();
  await db.schema.createIndex('member_by_user').on('member').column('userId').execute();
  await db.schema
    .createTable('invitation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organizationId', 'text', (column) =>
      column.notNull().references('organization.id').onDelete('cascade'),
    )
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('role', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('expiresAt', moment[engine], (column) => column.notNull())
    .addColumn('createdAt', moment[engine], (column) => column.notNull())
    .addColumn('inviterId', 'text', (column) =>
      column.notNull().references('auth_user.id').onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createIndex('invitation_by_organization')
    .on('invitation')
    .column('organizationId')
    .execute();
}

async function signIn(db: Database): Promise<void> {
  const engine = engineOf(db);
  await db.schema
    .createTable('auth_session')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('expiresAt', moment[engine], (column) => column.notNull())
    .addColumn('token', 'text', (column) => column.notNull().unique())
    .addColumn('createdAt', moment[engine], (column) => column.notNull())
    .addColumn('updatedAt', moment[engine], (column) => column.notNull())
    .addColumn('ipAddress', 'text')
    .addColumn('userAgent', 'text')
    .addColumn('userId', 'text', (column) => column.notNull().references('auth_user.id').onDelete('cascade'))
    .execute();
  await db.schema.createIndex('auth_session_by_user').on('auth_session').column('userId').execute();
  await db.schema
    .createTable('auth_account')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('accountId', 'text', (column) => column.notNull())
    .addColumn('providerId', 'text', (column) => column.notNull())
    .addColumn('userId', 'text', (column) => column.notNull().references('auth_user.id').onDelete('cascade'))
    .addColumn('accessToken', 'text')
    .addColumn('refreshToken', 'text')
    .addColumn('idToken', 'text')
    .addColumn('accessTokenExpiresAt', moment[engine])
    .addColumn('refreshTokenExpiresAt', moment[engine])
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addColumn('createdAt', moment[engine], (column) => column.notNull())
    .addColumn('updatedAt', moment[engine], (column) => column.notNull())
    .execute();
  await db.schema.createIndex('auth_account_by_user').on('auth_account').column('userId').execute();
  await db.schema
    .createTable('auth_verification')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('identifier', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('expiresAt', moment[engine], (column) => column.notNull())
    .addColumn('createdAt', moment[engine], (column) => column.notNull())
    .addColumn('updatedAt', moment[engine], (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('auth_verification_by_identifier')
    .on('auth_verification')
    .column('identifier')
    .execute();
  await db.schema
    .createTable('auth_device_code')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('deviceCode', 'text', (column) => column.notNull().unique())
    .addColumn('userCode', 'text', (column) => column.notNull().unique())
    .addColumn('userId', 'text')
    .addColumn('expiresAt', moment[engine], (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('lastPolledAt', moment[engine])
    .addColumn('pollingInterval', 'integer')
    .addColumn('clientId', 'text')
    .addColumn('scope', 'text')
    .execute();
  await db.schema
    .createTable('auth_passkey')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text')
    .addColumn('publicKey', 'text', (column) => column.notNull())
    .addColumn('userId', 'text', (column) => column.notNull().references('auth_user.id').onDelete('cascade'))
    .addColumn('credentialID', 'text', (column) => column.notNull())
    .addColumn('counter', 'integer', (column) => column.notNull())
    .addColumn('deviceType', 'text', (column) => column.notNull())
    .addColumn('backedUp', flag[engine], (column) => column.notNull())
    .addColumn('transports', 'text')
    .addColumn('createdAt', moment[engine])
    .addColumn('aaguid', 'text')
    .execute();
  await db.schema
    .createIndex('auth_passkey_by_credential')
    .on('auth_passkey')
    .column('credentialID')
    .execute();
  await db.schema.createIndex('auth_passkey_by_user').on('auth_passkey').column('userId').execute();
}

async function sessions(db: Database): Promise<void> {
  await db.schema
    .createTable('automations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organization_id', 'text', (column) => column.notNull().references('organization.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('action_modes', 'text', (column) => column.notNull().defaultTo('{}'))
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('automation_name', ['organization_id', 'name'])
    .execute();
  await db.schema
    .createTable('agent_sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organization_id', 'text', (column) => column.notNull().references('organization.id'))
    .addColumn('automation_id', 'text')
    .addColumn('name', 'text')
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('revoked_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('agent_sessions_by_organization')
    .on('agent_sessions')
    .columns(['organization_id', 'id'])
    .execute();
  await db.schema
    .createTable('invoke_windows')
    .addColumn('session_id', 'text', (column) => column.primaryKey())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .execute();
}

async function invocations(db: Database): Promise<void> {
  await db.schema
    .createTable('action_invocations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organization_id', 'text', (column) => column.notNull())
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('automation_id', 'text')
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('action_id', 'text', (column) => column.notNull())
    .addColumn('risk_level', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('mode_source', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('params', 'text', (column) => column.notNull())
    .addColumn('params_sealed', 'text')
    .addColumn('result', 'text')
    .addColumn('error', 'text')
    .addColumn('denied_reason', 'text')
    .addColumn('expires_at', 'bigint')
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('completed_at', 'bigint')
    .addColumn('gateway_id', 'text')
    .addColumn('lease_expires_at', 'bigint')
    .addColumn('idempotency_key', 'text')
    .addColumn('request_hash', 'text')
    .addColumn('target_hash', 'text')
    .execute();
  const index = (name: string) => db.schema.createIndex(name).on('action_invocations');
  await index('invocations_by_organization').columns(['organization_id', 'id']).execute();
  await index('invocations_by_session').columns(['session_id', 'id']).execute();
  await index('invocations_by_key')
    .unique()
    .columns(['session_id', 'idempotency_key'])
    .where(sql.ref('idempotency_key'), 'is not', null)
    .execute();
  // The few that wait: what the inbox shows.
  await index('invocations_pending')
    .columns(['organization_id', 'id'])
    .where(sql.ref('status'), '=', sql`'pending'`)
    .execute();
  // The few that a gateway holds. Starting one changes nothing here, so that it costs no index its place.
  await index('invocations_held')
    .column('lease_expires_at')
    .where(sql.ref('lease_expires_at'), 'is not', null)
    .execute();
}

async function configuration(db: Database): Promise<void> {
  await db.schema
    .createTable('org_connectors')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organization_id', 'text', (column) => column.notNull().references('organization.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('transport', 'text', (column) => column.notNull())
    .addColumn('auth', 'text', (column) => column.notNull())
    .addColumn('default_risk', 'text')
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('tool_risk_overrides', 'text', (column) => column.notNull().defaultTo('{}'))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('connector_name', ['organization_id', 'name'])
    .execute();
  await db.schema
    .createTable('secrets')
    .addColumn('organization_id', 'text', (column) => column.notNull().references('organization.id'))
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('secret_key', ['organization_id', 'key'])
    .execute();
  await db.schema
    .createTable('user_action_preferences')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('organization_id', 'text', (column) => column.notNull().references('organization.id'))
    .addColumn('disabled', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('preference_key', ['user_id', 'organization_id', 'disabled'])
    .execute();
  await db.schema
    .createTable('user_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organization_id', 'text', (column) => column.notNull().references('organization.id'))
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('user_tokens_by_user')
    .on('user_tokens')
    .columns(['user_id', 'organization_id'])
    .execute();
  await db.schema
    .createTable('one_time_links')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
}
