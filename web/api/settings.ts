import { queryOptions } from '@tanstack/react-query';
import type { Invited, Member, MembersAnswer, Role } from '../../src/contract/members.ts';
import type { Preferences } from '../../src/contract/preferences.ts';
import type { SecretInfo } from '../../src/contract/secrets.ts';
import type { StatusAnswer } from '../../src/contract/status.ts';
import type { Token, TokenCreated } from '../../src/contract/tokens.ts';
import type { Scope } from '../../src/shared/user-tokens.ts';
import { ask } from './fetch.ts';

const preferencesPath = '/v1/preferences/actions';

/** What one has switched off for one's own agents: source ids and mode keys. */
export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: async ({ signal }) => (await ask<Preferences>('GET', preferencesPath, undefined, signal)).disabled,
});

/** Switches one entry off or on, in the list as it stands then: another page may have changed it. Gives back the new list. */
export async function switchEntry(entry: string, isOff: boolean): Promise<string[]> {
  const { disabled } = await ask<Preferences>('GET', preferencesPath);
  const others = disabled.filter((one) => one !== entry);
  const wanted: Preferences = { disabled: isOff ? [...others, entry] : others };
  return (await ask<Preferences>('PUT', preferencesPath, wanted)).disabled;
}

/** Keys and dates, for admins; no answer holds a value. */
export const secretsQuery = queryOptions({
  queryKey: ['secrets'],
  queryFn: async ({ signal }) =>
    (await ask<{ secrets: SecretInfo[] }>('GET', '/v1/secrets', undefined, signal)).secrets,
});

/** Sets or replaces. */
export async function setSecret(key: string, value: string): Promise<SecretInfo> {
  const path = `/v1/secrets/${encodeURIComponent(key)}`;
  return (await ask<{ secret: SecretInfo }>('PUT', path, { value })).secret;
}

export function deleteSecret(key: string): Promise<unknown> {
  return ask('DELETE', `/v1/secrets/${encodeURIComponent(key)}`);
}

/** One's own, newest first. */
export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async ({ signal }) =>
    (await ask<{ tokens: Token[] }>('GET', '/v1/tokens', undefined, signal)).tokens,
});

/** The value is in this answer and in no other. With `null` it works until it is revoked. */
export function createToken(
  name: string,
  scopes: readonly Scope[],
  ttlSeconds: number | null,
): Promise<TokenCreated> {
  return ask<TokenCreated>('POST', '/v1/tokens', { name, scopes, ttlSeconds });
}

/** Members and open invitations: for admins. */
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => ask<MembersAnswer>('GET', '/v1/members', undefined, signal),
});

/** The link is in this answer and in no other. */
export function invite(email: string, role: Role): Promise<Invited> {
  return ask<Invited>('POST', '/v1/members', { email, role });
}

export async function setRole(id: string, role: Role): Promise<Member> {
  return (await ask<{ member: Member }>('PATCH', `/v1/members/${id}`, { role })).member;
}

/** Removes a member; by the id of an open invitation, takes that back. */
export function removeMember(id: string): Promise<unknown> {
  return ask('DELETE', `/v1/members/${id}`);
}

/** For admins every source is asked, which may take as long as the slowest. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => ask<StatusAnswer>('GET', '/v1/status', undefined, signal),
  staleTime: 60_000,
});
