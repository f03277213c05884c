import type { Session, SessionCreated } from '../../contract/sessions.ts';
import { shellQuoted } from '../../shared/shell-words.ts';
import { at } from '../client.ts';
import { columns, facts, table } from '../columns.ts';
import { command, reply } from '../command.ts';
import { usage } from '../exit.ts';
import { automationCalled, listSessions, sessionCalled } from '../named.ts';
import { isToldWhatGoesOn } from '../print.ts';
import { localTime, seconds } from '../when.ts';
import { asPerson } from '../who.ts';

export const create = command({
  example: 'eval "$(assent sessions create --name deploy --ttl 2h --shell)"',
  more: 'Prints the three variables that an agent needs. The token in them is shown this once. An agent that runs as you can read your credentials, and decide by itself: run it in a container, as another user, or on another machine (see the README).',
  flags: {
    name: { type: 'text', value: 'NAME', about: 'what to call it' },
    automation: { type: 'text', value: 'ID', about: 'the automation it belongs to, by id or name' },
    ttl: { type: 'text', value: '8h', about: 'how long its token works: 90s, 30m, 8h, 7d (8h)' },
    shell: { type: 'switch', about: 'print `export …` lines, for eval' },
  },
  async run({ flags, json }) {
    if (flags.shell && json) throw usage('--shell and --json exclude each other.');
    const ttlSeconds = flags.ttl === undefined ? undefined : seconds('--ttl', flags.ttl);
    const client = await asPerson();
    const automation =
      flags.automation === undefined ? undefined : await automationCalled(client, flags.automation);
    const body = { name: flags.name, automationId: automation?.id, ttlSeconds };
    const created = await client.post<SessionCreated>('/v1/sessions', { body });
    const { expiresAt, id } = created.session;
    const note = `The token works until ${localTime(expiresAt)}, and is shown this once. \`assent sessions revoke ${id}\` ends it.`;
    return reply(
      created,
      flags.shell ? exports : variables,
      isToldWhatGoesOn() ? `${note}\n${isolation}` : note,
    );
  },
});

const isolation =
  "Run the agent where it can read neither your credentials.json, nor the gateway's data folder, nor your browser's cookies: in a container, as another user, or on another machine. The README shows how.";

function exports({ env }: SessionCreated): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}=${shellQuoted(value)}`)
    .join('\n');
}

function variables({ env }: SessionCreated): string {
  return columns(Object.entries(env));
}

export const list = command({
  example: 'assent sessions list',
  async run() {
    const client = await asPerson();
    const sessions = await listSessions(client);
    return reply({ sessions }, (shown) => text(shown.sessions));
  },
});

function text(sessions: readonly Session[]): string {
  if (sessions.length === 0) return 'There are no sessions yet. `assent sessions create` opens one.';
  const rows = sessions.map((one) => [
    one.name ?? '-',
    state(one),
    localTime(one.createdAt),
    localTime(one.expiresAt),
    String(one.refusals.reduce((sum, { count }) => sum + count, 0)),
    one.id,
  ]);
  return table(['NAME', 'STATE', 'CREATED', 'EXPIRES', 'REFUSED', 'ID'], rows);
}

export const show = command({
  example: 'assent sessions show deploy',
  more: 'With what it was refused before anything was recorded; `assent history` has what was recorded.',
  args: { session: { about: 'its name or id' } },
  async run({ args }) {
    const client = await asPerson();
    const { id } = await sessionCalled(client, args.session);
    return reply(await client.get<{ session: Session }>(at`/v1/sessions/${id}`), ({ session }) =>
      one(session),
    );
  },
});

function one(session: Session): string {
  const { id, name, automationId, createdBy, createdAt, expiresAt, revokedAt, refusals } = session;
  const known = facts({
    name,
    state: state(session),
    created: `${localTime(createdAt)} by ${createdBy}`,
    expires: localTime(expiresAt),
    revoked: revokedAt && localTime(revokedAt),
    automation: automationId,
    id,
  });
  if (refusals.length === 0) return `${known}\n\nIt was refused nothing.`;
  const rows = refusals.map(({ code, count, lastAt }) => [code, String(count), localTime(lastAt)]);
  return `${known}\n\n${table(['REFUSED', 'TIMES', 'LAST'], rows)}`;
}

function state({ revokedAt, expiresAt }: Session): string {
  if (revokedAt !== null) return 'revoked';
  return Date.parse(expiresAt) <= Date.now() ? 'expired' : 'open';
}

export const revoke = command({
  example: 'assent sessions revoke deploy',
  more: 'What the session had waiting is denied.',
  args: { session: { about: 'its name or id' } },
  async run({ args }) {
    const client = await asPerson();
    const { id } = await sessionCalled(client, args.session);
    const answer = await client.delete<{ session: Session }>(at`/v1/sessions/${id}`);
    return reply(
      answer,
      ({ session }) => `Revoked the session ${session.name ?? session.id}: its token no longer works.`,
    );
  },
});
