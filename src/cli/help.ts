import { columns } from './columns.ts';
import type { Arguments, Command, Flag, Flags } from './command.ts';
import { type Entry, groups, verbsOf } from './commands.ts';
import { commonFlags } from './parse.ts';
import { paint } from './print.ts';

/** The help for what was typed: everything, a noun's verbs, or one command. */
export async function helpFor(path: string): Promise<string> {
  if (path === '') return overview();
  const entry = groups.flatMap((group) => group.commands).find((one) => one.path === path);
  const verbs = verbsOf(path);
  const parts = entry === undefined ? [] : [oneCommand(entry, await entry.load())];
  if (verbs.length > 0) parts.push(`${paint('bold', 'Commands')}\n${list(verbs)}\n\nEach has --help.`);
  return parts.join('\n\n');
}

/** All groups share their columns. */
function overview(): string {
  const lines = list(groups.flatMap((group) => group.commands)).split('\n');
  const parts = groups.map(({ title, commands }) =>
    [paint('bold', title), ...lines.splice(0, commands.length)].join('\n'),
  );
  const intro = 'Assent: agents ask, policy or a person assents, and exactly that is done, once.';
  return [
    intro,
    'usage: assent <command> [--json] [--help]',
    ...parts,
    'Each command has --help, with an example.',
  ].join('\n\n');
}

function list(entries: readonly Entry[]): string {
  return columns(entries.map(({ path, about }) => [`  assent ${path}`, about]));
}

function oneCommand(entry: Entry, command: Command): string {
  const parts = [
    `${capital(entry.about)}.`,
    `usage: assent ${[entry.path, ...words(command.args)].join(' ')} [flags]`,
    ...(command.more === undefined ? [] : [command.more]),
    columns([...argumentRows(command.args), ...flagRows({ ...command.flags, ...commonFlags })]),
    `${paint('bold', 'Example')}\n  ${command.example}`,
  ];
  return parts.join('\n\n');
}

function words(args: Arguments): string[] {
  return Object.entries(args).map(([name, { optional }]) => (optional ? `[${name}]` : `<${name}>`));
}

function argumentRows(args: Arguments): string[][] {
  return Object.entries(args).map(([name, { about, choices }]) => [
    `  <${name}>`,
    withChoices(about, choices),
  ]);
}

function flagRows(flags: Flags): string[][] {
  const shown = Object.entries(flags).filter(([, { hidden }]) => !hidden);
  return shown.map(([name, flag]) => [`  --${name}${valueOf(flag)}`, withChoices(flag.about, flag.choices)]);
}

function valueOf({ type, value }: Flag): string {
  return type === 'switch' ? '' : ` ${value ?? 'TEXT'}`;
}

function withChoices(about: string, choices: readonly string[] | undefined): string {
  return choices === undefined ? about : `${about}: ${choices.join(', ')}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
