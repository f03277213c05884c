import type { Client } from '../client.ts';
import { command } from '../command.ts';
import { DecisionPrompt } from '../decision-prompt.ts';
import { invocationText, type Names } from '../invocation-text.ts';
import { ParamsViews } from '../params-views.ts';
import { pendingAgain } from '../pending-feed.ts';
import { note, print, printJsonLine } from '../print.ts';
import { SessionNames, SourceNames } from '../shown-names.ts';
import { eachKey } from '../typed-in.ts';
import { asPerson } from '../who.ts';

export const watch = command({
  example: 'assent inbox watch',
  more: `On a terminal: a approves and d denies what is shown, s skips it, q quits. Elsewhere it only prints what comes; with --json, one
document on a line for each.`,
  async run({ json }) {
    const client = await asPerson();
    const names = {
      sources: await SourceNames.read(client),
      sessions: new SessionNames(client),
      params: new ParamsViews(client),
    };
    if (process.stdin.isTTY && !json) await decideByKeys(client, names);
    else await printNew(client, names, json);
    return undefined;
  },
});

async function printNew(client: Client, names: Names, json: boolean): Promise<void> {
  const seen = new Set<string>();
  for await (const pending of pendingAgain(client, new AbortController().signal)) {
    await Promise.all([names.sessions.learn(pending), names.params.learn(pending)]);
    for (const one of pending.filter(({ id }) => !seen.has(id))) {
      seen.add(one.id);
      if (json) printJsonLine(one);
      else print(`${invocationText(one, names, Date.now())}\n`);
    }
  }
}

/** Ends with a key, or with an error of the gateway's; in both cases nothing is left that keeps the process. */
async function decideByKeys(client: Client, names: Names): Promise<void> {
  const ended = new AbortController();
  const prompt = new DecisionPrompt(client, names);
  try {
    await Promise.race([quit(prompt), follow(client, names, prompt, ended.signal)]);
  } finally {
    ended.abort();
    process.stdin.setRawMode(false);
    process.stdin.destroy();
  }
}

async function follow(
  client: Client,
  names: Names,
  prompt: DecisionPrompt,
  signal: AbortSignal,
): Promise<void> {
  for await (const pending of pendingAgain(client, signal)) {
    await Promise.all([names.sessions.learn(pending), names.params.learn(pending)]);
    prompt.update(pending);
  }
}

const quitKeys: ReadonlySet<string> = new Set(['q', '\u0003', '\u0004']);

async function quit(prompt: DecisionPrompt): Promise<void> {
  const { promise: broken, reject } = Promise.withResolvers<void>();
  const keys = eachKey((typed) => {
    if (Array.from(typed).some((key) => quitKeys.has(key))) return true;
    for (const key of typed) prompt.press(key.toLowerCase()).catch(reject);
    return false;
  });
  await Promise.race([keys, broken]);
  note('');
}
