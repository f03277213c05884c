import { commands, type Entry, verbsOf } from './commands.ts';
import { usage } from './exit.ts';

/** What a command line asks for: a command with what stands behind it, a text of help, or the version. */
export type Asked =
  | { readonly kind: 'command'; readonly entry: Entry; readonly rest: readonly string[] }
  | { readonly kind: 'help'; readonly path: string }
  | { readonly kind: 'version' };

/** Throws `usage` for a command that is not there, with the nearest. */
export async function findCommand(argv: readonly string[]): Promise<Asked> {
  if (argv[0] === '--version' || argv[0] === '-V') return { kind: 'version' };
  const { words, flags } = split(argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv);
  if (words.length === 0) return overview(flags);
  const { entry, behind } = longest(words);
  if (entry === undefined && words.length === 1 && asksForHelp(flags) && isNoun(words[0])) {
    return { kind: 'help', path: words[0] ?? '' };
  }
  if (entry === undefined || (behind.length > 0 && isNoun(entry.path))) {
    const { unknownCommand } = await import('./unknown-command.ts');
    throw unknownCommand(words);
  }
  if (asksForHelp(flags)) return { kind: 'help', path: entry.path };
  return { kind: 'command', entry, rest: [...behind, ...flags] };
}

/** `assent` alone, or with `--help`. */
function overview(flags: readonly string[]): Asked {
  if (asksForHelp(flags) || flags.every((flag) => flag === '--json')) return { kind: 'help', path: '' };
  throw usage(`${flags[0]} stands where a command should. Flags come behind the command.`);
}

/** The words before the first flag, and all from there; `--json` may stand before the words too. */
function split(argv: readonly string[]): { words: readonly string[]; flags: readonly string[] } {
  const front = lengthWhile(argv, (word) => word === '--json');
  const body = argv.slice(front);
  const end = lengthWhile(body, (word) => !word.startsWith('-'));
  return { words: body.slice(0, end), flags: [...argv.slice(0, front), ...body.slice(end)] };
}

function lengthWhile(words: readonly string[], holds: (word: string) => boolean): number {
  const end = words.findIndex((word) => !holds(word));
  return end === -1 ? words.length : end;
}

/** Words of a command, as in `action-pack receiver enable`. */
const mostWords = 3;

/** The command with the most words, and the words behind it. */
function longest(words: readonly string[]): { entry: Entry | undefined; behind: readonly string[] } {
  for (let length = Math.min(words.length, mostWords); length > 0; length--) {
    const entry = commands.find((one) => one.path === words.slice(0, length).join(' '));
    if (entry !== undefined) return { entry, behind: words.slice(length) };
  }
  return { entry: undefined, behind: words.slice(1) };
}

function asksForHelp(flags: readonly string[]): boolean {
  return flags
    .slice(
      0,
      lengthWhile(flags, (word) => word !== '--'),
    )
    .some((word) => word === '--help' || word === '-h');
}

function isNoun(word: string | undefined): boolean {
  return word !== undefined && verbsOf(word).length > 0;
}
