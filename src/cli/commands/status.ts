import type { StatusAnswer } from '../../contract/status.ts';
import { facts } from '../columns.ts';
import { command, reply } from '../command.ts';
import { paint } from '../print.ts';
import { endsSoon, worksUntil } from '../token-end.ts';
import { asPerson } from '../who.ts';

export const status = command({
  example: 'assent status',
  async run() {
    const client = await asPerson();
    const answer = await client.get<StatusAnswer>('/v1/status');
    return reply({ address: client.url, ...answer }, text);
  },
});

function text(status: StatusAnswer & { address: string }): string {
  const { address, version, database, organization, user, token, pending } = status;
  return facts({
    gateway: `${address}, version ${version}, on ${database}`,
    organization: organization.name,
    you: `${user.email} (${user.role})`,
    token: tokenEnd(token, Date.now()),
    pending: pending === 0 ? 'no approvals are waiting' : `${pending} waiting: \`assent inbox\` shows them`,
    connectors: connectors(status.connectors),
  })
    .replace(/^ {2}/gm, '')
    .concat(failing(status.connectors));
}

function tokenEnd(token: StatusAnswer['token'], now: number): string {
  if (token === null) return 'none';
  const until = `${worksUntil(token.expiresAt, now)}, for ${token.scopes.join(', ')}`;
  return endsSoon(token.expiresAt, now) ? `${until}: \`assent login\` gets another` : until;
}

function connectors(all: StatusAnswer['connectors']): string {
  if (all.length === 0) return 'none: `assent connectors add` adds one';
  const bad = all.filter(({ ok }) => !ok).length;
  return bad === 0
    ? `${all.length}, all of them answer`
    : `${all.length}, of which ${bad} ${bad === 1 ? 'fails' : 'fail'}`;
}

function failing(all: StatusAnswer['connectors']): string {
  return all
    .filter(({ ok }) => !ok)
    .map(({ name, error }) => `\n${paint('red', 'fails')}  ${name}: ${error ?? 'no reason given'}`)
    .join('');
}
