import { command } from '../command.ts';
import { outcome } from '../outcome.ts';
import { asAgent } from '../who.ts';
import { readWholeResult } from '../whole-result.ts';

export const result = command({
  example: 'assent actions result 01936c2e-7d1a-7c3b-9a54-0f6d1c2b3a4e',
  more: `Prints all of the result, as \`assent actions run\` does when it has waited, and ends as that does. It can be asked for again and
again for 24 hours, while the session lasts; the oldest results go first where many large ones come together. After that
\`assent actions status\` shows what the record keeps: 10 KiB.`,
  args: { id: { about: 'the id of an invocation of this session' } },
  async run({ args }) {
    const { invocation, result } = await readWholeResult(asAgent(), args.id);
    return outcome(invocation, result);
  },
});
