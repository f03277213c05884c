import { nearest } from '../lib/nearest.ts';
import { commands, verbsOf } from './commands.ts';
import { type Failure, usage } from './exit.ts';

/** The sentence for words that are no command: what is wrong, and what was most likely meant. */
export function unknownCommand(words: readonly string[]): Failure {
  const [noun = '', verb] = words;
  const verbs = verbsOf(noun).map((one) => one.path.slice(noun.length + 1));
  if (verbs.length === 0)
    return notThere(noun, fromTheTop(noun, verb), '`assent --help` lists what there is.');
  if (verb === undefined)
    return usage(
      `What about ${noun}? Choose ${inQuotes(
        verbs.map((one) => `${noun} ${one}`),
        ', ',
      )}.`,
    );
  const near = nearest(verb, verbs).map((one) => `${noun} ${one}`);
  const alone = commands.find((one) => one.path === noun);
  const otherwise =
    alone === undefined
      ? `\`assent ${noun} --help\` lists what there is.`
      : `\`assent ${noun}\` alone shows ${alone.about}.`;
  return notThere(`${noun} ${verb}`, near, otherwise);
}

function notThere(typed: string, near: readonly string[], otherwise: string): Failure {
  const advice = near.length > 0 ? `Did you mean ${inQuotes(near, ' or ')}?` : otherwise;
  return usage(`There is no command "${typed}". ${advice}`);
}

/** `sesions list` means `sessions list`; a verb alone (`approve`) means every noun that has it. */
function fromTheTop(noun: string, verb: string | undefined): string[] {
  const nouns = new Set(commands.map((one) => one.path.split(' ')[0] ?? ''));
  const near = nearest(noun, [...nouns]);
  if (near.length === 0)
    return commands.filter((one) => one.path.endsWith(` ${noun}`)).map((one) => one.path);
  const whole = near
    .map((one) => `${one} ${verb}`)
    .filter((path) => commands.some((one) => one.path === path));
  return whole.length > 0 ? whole : near;
}

function inQuotes(paths: readonly string[], between: string): string {
  return paths.map((path) => `\`assent ${path}\``).join(between);
}
