import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../../lib/errors.ts';
import { makeFolder } from '../../lib/private-file.ts';
import { command, reply } from '../command.ts';
import { Failure, usage } from '../exit.ts';

export const bootstrap = command({
  example: 'assent bootstrap /workspace',
  more: 'Writes .assent/actions-guide.md, which tells an agent how to act through Assent. It holds no token. An earlier one is replaced.',
  args: { dir: { about: 'the folder; this one, if it is left out', optional: true } },
  async run({ args }) {
    const folder = args.dir ?? '.';
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw usage(`There is no folder ${folder}.`);
    const path = join(folder, '.assent', 'actions-guide.md');
    const replaced = existsSync(path);
    write(path);
    return reply({ path, replaced }, (shown) => `${replaced ? 'Replaced' : 'Wrote'} ${shown.path}.`);
  },
});

function write(path: string): void {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, guideText);
  } catch (cause) {
    throw new Failure('unwritable', `${path} cannot be written: ${messageOf(cause)}.`, { cause });
  }
}

/** What `assent bootstrap` writes into a sandbox, for the agent to read. It never holds a token. */
export const guideText = `# Assent: how to act here

What you do outside this sandbox goes through Assent: issues, messages, tools of MCP servers. A policy decides for each
action whether it runs at once, waits for a person's approval, or is refused. Everything is recorded. You never see the
credentials, and you need none.

The command \`assent\` reads ASSENT_GATEWAY_URL, ASSENT_SESSION_ID and ASSENT_TOKEN from the environment. They are set for
you. Do not print the token, and do not write it into a file. Commands that decide or change settings are for the person you
work for, and refuse here: ask.

## What you can do

    assent actions list              every action: its name, risk, mode, and what it does
    assent actions list --json       the same with the JSON Schema of each action's parameters
    assent actions guide <source>    how to use a source

The list is always right; it can change while you work. A mode is one of:

- \`allow\`: it runs at once.
- \`require_approval\`: it waits until a person approves it, at most a few minutes, and then runs.
- \`deny\`: it is refused. Do not look for a way around it; say in your answer what you would have done.

## Doing something

    assent actions run <source:action> --params '{"title":"…"}'
    assent actions run <source:action> --params @params.json
    … | assent actions run <source:action> --params -

The result is JSON on standard output; everything else is on standard error. Where approval is needed the command prints
\`Waiting for approval…\` and does not return until a person has decided. That may take minutes: let it run, and do not start
it a second time. \`--timeout 60\` stops waiting after a minute; the request stays, and \`assent actions status <id>\` says
what became of it.

With \`--idempotency-key KEY\` the same request is never done twice: use one key for one intention, and repeat it when you
do not know whether a call went through. After a day a key is refused, and nothing runs.

## Exit codes

- 0: done; the result is on standard output
- 1: failed, denied, expired or refused; standard error says why
- 2: the command line is wrong; standard error says what to mend
- 3: the gateway cannot be reached; try again later

\`assent actions status <id>\` shows one request: its status, its result, and why it was denied. A result is shortened there to
10 KiB; \`assent actions result <id>\` prints all of it, again and again for 24 hours.
`;
