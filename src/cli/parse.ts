import { parseArgs } from 'node:util';
import type { Argument, Command, Flag, FlagInput, RawInput } from './command.ts';
import { usage } from './exit.ts';

const everywhere: Readonly<Record<string, Flag>> = {
  json: { type: 'switch', about: 'one JSON document on standard output, and nothing else' },
  help: { type: 'switch', about: 'this text' },
};

/** Flags of every command. */
export const commonFlags = everywhere;

/** Words and flags, checked against the command's tables. Throws `usage`, with the nearest flag for a misspelt one. */
export async function parseInput(command: Command, argv: readonly string[]): Promise<RawInput> {
  const known: Readonly<Record<string, Flag>> = { ...command.flags, ...everywhere };
  const options = Object.entries(known).map(
    ([name, { type }]) => [name, { type: type === 'switch' ? 'boolean' : 'string' }] as const,
  );
  // Not strict: the sentences for what is wrong are ours.
  const parsed = parseArgs({
    args: [...argv],
    options: Object.fromEntries(options),
    strict: false,
    tokens: true,
  });
  const flags: Record<string, FlagInput> = {};
  const words: string[] = [];
  for (const token of parsed.tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind === 'option') {
      const value = await flagValue(token, known);
      const isList = known[token.name]?.type === 'list';
      flags[token.name] = isList ? [...listed(flags[token.name]), String(value)] : value;
    }
  }
  for (const [name, { type }] of Object.entries(known)) flags[name] ??= absent[type];
  return { args: nameWords(command, words), flags, json: flags.json === true };
}

const absent = { switch: false, list: [], text: undefined } as const satisfies Record<
  Flag['type'],
  FlagInput
>;

function listed(value: FlagInput): readonly string[] {
  return Array.isArray(value) ? value : [];
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

async function flagValue(
  token: OptionToken,
  known: Readonly<Record<string, Flag>>,
): Promise<string | boolean> {
  const { name, rawName, value, inlineValue } = token;
  const flag = Object.hasOwn(known, name) ? known[name] : undefined;
  if (flag === undefined) {
    const { nearest } = await import('../lib/nearest.ts');
    const near = nearest(name, Object.keys(known)).map((one) => `--${one}`);
    throw usage(
      `There is no flag ${rawName} here.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''}`,
    );
  }
  if (flag.type === 'switch') {
    if (value !== undefined) throw usage(`${rawName} takes no value.`);
    return true;
  }
  if (value === undefined || value === '') throw usage(`${rawName} needs a value.`);
  if (inlineValue !== true && /^-./.test(value)) {
    throw usage(
      `${rawName} needs a value, and ${value} looks like a flag. If it is the value, write ${rawName}=${value}.`,
    );
  }
  return choice(rawName, flag, value);
}

function nameWords(command: Command, words: readonly string[]): Record<string, string | undefined> {
  const names = Object.entries(command.args);
  const extra = words[names.length];
  if (extra !== undefined) {
    throw usage(`"${extra}" is one word too many. If it belongs to the word before, put quotes around both.`);
  }
  return Object.fromEntries(names.map(([name, argument], at) => [name, word(name, argument, words[at])]));
}

function word(name: string, argument: Argument, given: string | undefined): string | undefined {
  if (given === undefined && argument.optional) return undefined;
  if (given === undefined || given === '') throw usage(`<${name}> is missing: ${argument.about}.`);
  return choice(`<${name}>`, argument, given);
}

function choice(name: string, { choices }: Argument | Flag, value: string): string {
  if (choices === undefined || choices.includes(value)) return value;
  throw usage(`"${value}" is nothing that ${name} can be. Choose one of ${choices.join(', ')}.`);
}
