import type { Token, TokenCreated } from '../../contract/tokens.ts';
import { defaultTokenSeconds, type Scope, scopeSays, scopes } from '../../shared/user-tokens.ts';
import { at } from '../client.ts';
import { table } from '../columns.ts';
import { command, reply } from '../command.ts';
import { usage } from '../exit.ts';
import { pick, workingFirst } from '../named.ts';
import { worksUntil } from '../token-end.ts';
import { localTime, seconds } from '../when.ts';
import { asPerson } from '../who.ts';

const path = '/v1/tokens';

export const list = command({
  example: 'assent tokens list',
  async run() {
    const answer = await (await asPerson()).get<{ tokens: Token[] }>(path);
    return reply(answer, ({ tokens }) => text(tokens));
  },
});

function text(tokens: readonly Token[]): string {
  if (tokens.length === 0) return 'You have no tokens.';
  const rows = tokens.map((one) => [
    one.name,
    one.scopes.join(','),
    state(one),
    localTime(one.createdAt),
    one.id,
  ]);
  return table(['NAME', 'SCOPES', 'STATE', 'CREATED', 'ID'], rows);
}

function state({ revokedAt, expiresAt }: Token): string {
  return revokedAt === null ? worksUntil(expiresAt, Date.now()) : 'revoked';
}

export const create = command({
  example: 'assent tokens create "build server" --scope read,approve --ttl 30d',
  more: `With ASSENT_GATEWAY_URL and ASSENT_USER_TOKEN set to the address and the token, every command here works as you, as far as its scopes go:
${scopes.map((scope) => `  ${scope.padEnd(9)}  ${scopeSays[scope]}`).join('\n')}`,
  args: { name: { about: 'what to call it' } },
  flags: {
    scope: {
      type: 'text',
      value: 'read,approve',
      about: `what it is for: ${scopes.join(', ')} (all that yours is for)`,
    },
    ttl: { type: 'text', value: '30d', about: 'how long it works: 12h, 30d, never to end (90d)' },
  },
  async run({ args, flags }) {
    const ttlSeconds = flags.ttl === undefined ? undefined : ttl(flags.ttl);
    const body = { name: args.name, scopes: scopesOf(flags.scope), ttlSeconds };
    const client = await asPerson();
    const answer = await client.post<TokenCreated>(path, { body });
    return reply(answer, ({ value }) => value, noteOf(answer.token, ttlSeconds));
  },
});

/** Throws `usage` for what is no scope. */
function scopesOf(text: string | undefined): Scope[] | undefined {
  const wanted = text?.split(',').map((word) => word.trim());
  return wanted?.map((word) => {
    const found = scopes.find((scope) => scope === word);
    if (found !== undefined) return found;
    throw usage(`--scope has "${word}". Give one or more of ${scopes.join(', ')}, with commas between.`);
  });
}

function noteOf(
  { scopes: held, createdAt, expiresAt }: Token,
  ttlSeconds: number | null | undefined,
): string {
  const shown = 'It is shown this once';
  const allows = held.length === scopes.length ? 'do what you can' : `use it for ${held.join(', ')}`;
  const whoever = `Whoever has it can ${allows}.`;
  if (expiresAt === null) return `${shown}, and works until it is revoked. ${whoever}`;
  const wanted = ttlSeconds === null ? Infinity : (ttlSeconds ?? defaultTokenSeconds) * 1000;
  const isCut = Date.parse(expiresAt) - Date.parse(createdAt) < wanted;
  const cut = isCut ? ', no longer than the token that makes it: the page makes one that does' : '';
  return `${shown}, and works until ${localTime(expiresAt)}${cut}. ${whoever}`;
}

/** In seconds; `null` is without an end. Throws `usage`. */
function ttl(text: string): number | null {
  return text === 'never' ? null : seconds('--ttl', text);
}

export const revoke = command({
  example: 'assent tokens revoke "build server"',
  args: { token: { about: 'its name or id' } },
  async run({ args }) {
    const client = await asPerson();
    const { tokens } = await client.get<{ tokens: Token[] }>(path);
    const all = workingFirst(args.token, tokens);
    const { id } = await pick(args.token, {
      what: 'token',
      all,
      nameOf: ({ name }) => name,
      listing: 'assent tokens list',
    });
    const answer = await client.delete<{ token: Token }>(path + at`/${id}`);
    return reply(answer, ({ token }) => `Revoked ${token.name}.`);
  },
});
