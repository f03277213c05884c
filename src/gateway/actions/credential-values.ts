import type { ActionSource } from '../../sources/action-source.ts';
import type { Gateway } from '../gateway.ts';
import { sourceOf } from './catalog.ts';
import { storedSecret } from './stored-secret.ts';

/**
 * The values of the credentials that a source asks for: what others send or say of its actions is searched for them before it
 * is stored. Only these are opened, however many secrets the organization has. What is not set has no value.
 * Throws `unsealable` where one does not open: nothing could be searched for it.
 */
export async function credentialValues(
  gateway: Gateway,
  organizationId: string,
  { credentialKeys }: Pick<ActionSource, 'credentialKeys'>,
): Promise<string[]> {
  const values = await Promise.all(credentialKeys.map((key) => storedSecret(gateway, organizationId, key)));
  return values.filter((value) => value !== undefined);
}

/** The same by the source's id; a source that is gone asks for none. */
export async function credentialValuesOf(
  gateway: Gateway,
  organizationId: string,
  sourceId: string,
): Promise<string[]> {
  const source = await sourceOf(gateway, organizationId, sourceId);
  return source === undefined ? [] : credentialValues(gateway, organizationId, source);
}
