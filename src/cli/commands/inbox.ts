import type { RevealAnswer } from '../../contract/acts.ts';
import type { Invocation } from '../../contract/invocation.ts';
import { visibleJson } from '../../shared/odd-characters.ts';
import { at } from '../client.ts';
import { command, type Reply, reply } from '../command.ts';
import { approveInvocation, denyInvocation, whyFailed } from '../decide.ts';
import { exit } from '../exit.ts';
import { actionName, invocationText, type Names } from '../invocation-text.ts';
import { findInvocation, pendingInvocations } from '../invocations.ts';
import { ParamsViews } from '../params-views.ts';
import { shownInvocation } from '../shown-invocation.ts';
import { SessionNames, SourceNames } from '../shown-names.ts';
import { prettyJson } from '../visible.ts';
import { asPerson } from '../who.ts';

const id = { about: 'its id, as `assent inbox` shows it' } as const;

export const inbox = command({
  example: 'assent inbox',
  async run() {
    const client = await asPerson();
    const [invocations, sources] = await Promise.all([pendingInvocations(client), SourceNames.read(client)]);
    const names = { sources, sessions: new SessionNames(client), params: new ParamsViews(client) };
    await Promise.all([names.sessions.learn(invocations), names.params.learn(invocations)]);
    return invocations.length === 0 ? empty : listed(invocations, names);
  },
});

const empty: Reply = { json: { invocations: [] }, text: () => 'No approvals are waiting.' };

function listed(invocations: readonly Invocation[], names: Names): Reply {
  return {
    json: { invocations },
    text: () => invocations.map((one) => invocationText(one, names, Date.now())).join('\n\n'),
    note: '\nDecide with `assent inbox approve <id>` or `assent inbox deny <id>`, or follow with `assent inbox watch`.',
  };
}

export const show = command({
  example: 'assent inbox show 01936c2e-7d1a-7c3b-9a54-0f6d1c2b3a4e',
  args: { id },
  run: async ({ args }) => shownInvocation(args.id),
});

export const reveal = command({
  example: 'assent inbox reveal 01936c2e-7d1a-7c3b-9a54-0f6d1c2b3a4e',
  more: `Prints the params exactly as they would be sent, with nothing hidden, and puts on record that you have looked. Only while it waits
or runs: then they are deleted. On a terminal, characters that hide are written as JSON escapes them.`,
  args: { id },
  async run({ args }) {
    const client = await asPerson();
    const { id } = await findInvocation(client, args.id);
    const answer = await client.post<RevealAnswer>(at`/v1/invocations/${id}/reveal`);
    return {
      json: answer,
      text: () => visibleJson(answer.params),
      note: 'This is what would run, whole. That you have looked is on record.',
    };
  },
});

export const approve = command({
  example: 'assent inbox approve 01936c2e-7d1a-7c3b-9a54-0f6d1c2b3a4e',
  more: 'Prints the result. Approving is for this once: `assent modes set` allows an action for good.',
  args: { id },
  async run({ args }) {
    const client = await asPerson();
    const invocation = await findInvocation(client, args.id);
    const answer = await approveInvocation(client, invocation);
    const shown = { json: answer, text: () => prettyJson(answer.result) };
    const failure = whyFailed(answer.invocation);
    if (failure !== undefined) return { ...shown, failure, exitCode: exit.refused };
    const done = `Approved and done${duration(answer.invocation)}: ${actionName(invocation, await SourceNames.read(client))}.`;
    return { ...shown, note: done };
  },
});

export const deny = command({
  example: 'assent inbox deny 01936c2e-7d1a-7c3b-9a54-0f6d1c2b3a4e --reason "not before the release"',
  args: { id },
  flags: { reason: { type: 'text', about: 'what the agent is told' } },
  async run({ args, flags }) {
    const client = await asPerson();
    const invocation = await findInvocation(client, args.id);
    const answer = await denyInvocation(client, invocation, flags.reason);
    const name = actionName(invocation, await SourceNames.read(client));
    return reply(answer, () => `Denied: ${name}.`);
  },
});

function duration({ durationMs }: Invocation): string {
  return durationMs === null ? '' : ` in ${durationMs} ms`;
}
