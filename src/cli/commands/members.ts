import type { Invited, Member, MembersAnswer } from '../../contract/members.ts';
import { at, type Client } from '../client.ts';
import { table } from '../columns.ts';
import { command, reply } from '../command.ts';
import { pick } from '../named.ts';
import { localTime } from '../when.ts';
import { asPerson } from '../who.ts';

const path = '/v1/members';
const roles = ['owner', 'admin', 'member'] as const;
const member = { about: 'their address or id' } as const;

export const list = command({
  example: 'assent members list',
  async run() {
    const answer = await (await asPerson()).get<MembersAnswer>(path);
    return reply(answer, text);
  },
});

function text({ members, invitations }: MembersAnswer): string {
  const rows = [
    ...members.map((one) => [one.email, one.role, `since ${localTime(one.createdAt)}`, one.id]),
    ...invitations.map((one) => [one.email, one.role, `invited until ${localTime(one.expiresAt)}`, one.id]),
  ];
  return table(['ADDRESS', 'ROLE', 'MEMBER', 'ID'], rows);
}

export const invite = command({
  example: 'assent members invite ada@example.com --role admin',
  more: 'Whoever has the link that this prints can join under that address, once. Give it to nobody else.',
  args: { email: { about: 'their address' } },
  flags: { role: { type: 'text', value: 'ROLE', about: 'what they may do (member)', choices: roles } },
  async run({ args, flags }) {
    const client = await asPerson();
    const answer = await client.post<Invited>(path, {
      body: { email: args.email, role: flags.role ?? 'member' },
    });
    const { email, role, expiresAt } = answer.invitation;
    const note = `Give this link to ${email}, who joins as ${role} with it. It works once, until ${localTime(expiresAt)}.`;
    return reply(answer, ({ link }) => link, note);
  },
});

export const setRole = command({
  example: 'assent members set-role ada@example.com admin',
  args: { member, role: { about: 'what they may do', choices: roles } },
  async run({ args }) {
    const client = await asPerson();
    const { id } = await memberCalled(client, args.member);
    const answer = await client.patch<{ member: Member }>(at`/v1/members/${id}`, {
      body: { role: args.role },
    });
    return reply(answer, ({ member }) => `${member.email} is now ${member.role}.`);
  },
});

export const remove = command({
  example: 'assent members remove ada@example.com',
  more: 'Their tokens and the sessions that they opened end. An open invitation is taken back.',
  args: { member },
  async run({ args }) {
    const client = await asPerson();
    const { members, invitations } = await client.get<MembersAnswer>(path);
    const removed = await pick(addressed(args.member), { ...choice, all: [...members, ...invitations] });
    await client.delete<null>(at`/v1/members/${removed.id}`);
    const said = 'userId' in removed ? 'Removed' : 'Took back the invitation of';
    return reply({ removed }, (shown) => `${said} ${shown.removed.email}.`);
  },
});

const choice = {
  what: 'member',
  nameOf: ({ email }: { readonly email: string }) => email,
  listing: 'assent members list',
};

async function memberCalled(client: Client, called: string): Promise<Member> {
  const { members } = await client.get<MembersAnswer>(path);
  return pick(addressed(called), { ...choice, all: members });
}

/** People are called by their address here. */
function addressed(called: string): string {
  return called.includes('@') ? called.toLowerCase() : called;
}
