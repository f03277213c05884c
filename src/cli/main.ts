import { version } from '../lib/version.ts';
import { type ExitCode, exit, exitCodeOf } from './exit.ts';
import { type Asked, findCommand } from './find-command.ts';
import { parseInput } from './parse.ts';
import { note, print, printFailure, printReply } from './print.ts';

/** Finds the command, runs it, prints what it answers, and says what the process ends with. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  let asked: Asked | undefined;
  try {
    asked = await findCommand(argv);
    return await follow(asked);
  } catch (thrown) {
    printFailure(thrown, wantsJson(argv), prefixOf(asked));
    const code = exitCodeOf(thrown);
    if (code === exit.usage && asked?.kind === 'command')
      note(`\`assent ${asked.entry.path} --help\` shows how.`);
    return code;
  }
}

async function follow(asked: Asked): Promise<ExitCode> {
  if (asked.kind === 'version') {
    print(version);
    return exit.done;
  }
  if (asked.kind === 'help') {
    const { helpFor } = await import('./help.ts');
    print(await helpFor(asked.path));
    return exit.done;
  }
  const command = await asked.entry.load();
  const input = await parseInput(command, asked.rest);
  const reply = await command.run(input);
  if (reply !== undefined) printReply(reply, input.json);
  return reply?.exitCode ?? exit.done;
}

/** The commands for action packs speak as the original program does. */
function prefixOf(asked: Asked | undefined): string {
  return asked?.kind === 'command' && asked.entry.path.startsWith('action-pack ') ? 'ERR' : 'assent:';
}

/** Asked of the bare words, so that a mistake in them is answered in JSON too. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? argv.length : end).includes('--json');
}
