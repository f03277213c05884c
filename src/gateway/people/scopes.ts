import { type Scope, scopes } from '../../shared/user-tokens.ts';
import type { Caller, Credential } from '../callers.ts';
import { GatewayError } from '../errors.ts';

/** As they stand in the database; what is no scope here gives nothing. */
export function parseScopes(text: string): Scope[] {
  const words = new Set(text.split(' '));
  return scopes.filter((scope) => words.has(scope));
}

/** In one order, whatever order they were asked for in. */
export function formatScopes(wanted: readonly Scope[]): string {
  return scopes.filter((scope) => wanted.includes(scope)).join(' ');
}

/** What somebody may do by what they came with: a browser in which they are signed in may do all that they may. */
export function scopesOf(credential: Credential | undefined): readonly Scope[] {
  return credential?.kind === 'user_token' ? credential.scopes : scopes;
}

/** Throws `insufficient_scope` for a token of a person that was not made for this. */
export function refuseWithoutScope(caller: Caller, scope: Scope): void {
  if (caller.kind === 'session') return;
  const held = scopesOf(caller.credential);
  if (held.includes(scope)) return;
  throw new GatewayError(
    'insufficient_scope',
    `This takes a token with the scope ${scope}; yours has ${inWords(held)}. Make one that has it in the settings of the page, or with \`assent tokens create <name> --scope ${scope}\` where you are logged in with \`assent login\`.`,
    { scopes: [scope] },
  );
}

/** Throws `insufficient_scope` where a token would give what it does not have itself. */
export function refuseMoreThan(held: readonly Scope[], given: readonly Scope[]): void {
  const lacks = given.filter((scope) => !held.includes(scope));
  if (lacks.length === 0) return;
  throw new GatewayError(
    'insufficient_scope',
    `A token gives nothing that it may not do itself: this takes ${inWords(lacks)} too, and yours has ${inWords(held)}. Do it in a browser, or where you are logged in with \`assent login\`.`,
    { scopes: given },
  );
}

function inWords(list: readonly Scope[]): string {
  if (list.length === 0) return 'none';
  return new Intl.ListFormat('en').format(list);
}
