import type { Invocation } from '../../contract/invocation.ts';
import { at } from '../client.ts';
import { command } from '../command.ts';
import { invocationText } from '../invocation-text.ts';
import { asAgent } from '../who.ts';

export const status = command({
  example: 'assent actions status 01936c2e-7d1a-7c3b-9a54-0f6d1c2b3a4e',
  more: 'It ends with 0 whatever the status is.',
  args: { id: { about: 'the id that `assent actions run` shows while it waits' } },
  async run({ args }) {
    const { client, actions } = asAgent();
    const answer = await client.get<{ invocation: Invocation }>(actions + at`/invocations/${args.id}`);
    return { json: answer, text: () => invocationText(answer.invocation, undefined, Date.now()) };
  },
});
