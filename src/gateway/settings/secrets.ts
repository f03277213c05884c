import type { SecretInfo } from '../../contract/secrets.ts';
import { isoTime } from '../../lib/clock.ts';
import { marker } from '../../policy/secret-spans.ts';
import * as store from '../../store/secrets.ts';
import type { SecretRow } from '../../store/tables.ts';
import { secretSealContext } from '../actions/stored-secret.ts';
import type { AdminCaller } from '../callers.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

/** Sets or replaces; nothing gives the value back. Throws `invalid_request` for a value that redaction could not hide. */
export async function setSecret(
  gateway: Gateway,
  caller: AdminCaller,
  key: string,
  value: string,
): Promise<SecretInfo> {
  if (marker.includes(value)) {
    throw new GatewayError(
      'invalid_request',
      `This value is part of "${marker}", the mark that stands for secrets. Choose another one.`,
    );
  }
  const now = gateway.clock();
  const sealed = gateway.sealer.seal(value, secretSealContext(caller.organizationId, key));
  const row = { organization_id: caller.organizationId, key, sealed, created_at: now, updated_at: now };
  const stored = await gateway.store.write((tx) => store.putSecret(tx, row));
  gateway.log.info({ by: caller.userId, key }, 'secret set');
  return toInfo(stored);
}

export async function listSecrets(gateway: Gateway, caller: AdminCaller): Promise<SecretInfo[]> {
  return (await store.listSecrets(gateway.store.db, caller.organizationId)).map(toInfo);
}

/** Throws `not_found`. */
export async function deleteSecret(gateway: Gateway, caller: AdminCaller, key: string): Promise<void> {
  const deleted = await gateway.store.write((tx) => store.deleteSecret(tx, caller.organizationId, key));
  if (!deleted) throw notFound('secret');
  gateway.log.info({ by: caller.userId, key }, 'secret deleted');
}

function toInfo(row: SecretRow): SecretInfo {
  return { key: row.key, createdAt: isoTime(row.created_at), updatedAt: isoTime(row.updated_at) };
}
