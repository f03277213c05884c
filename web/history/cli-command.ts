import { plainJson } from './plain-json.ts';

interface Asked {
  readonly sourceId: string;
  readonly actionId: string;
  readonly params: unknown;
}

/**
 * The command that asks for the same again, in one line for a POSIX shell: it stands in single quotes, in which a shell obeys
 * nothing, and holds no character that a terminal would obey when it is pasted. `undefined` where the action's name itself
 * has such a character, for which no shell has a harmless spelling.
 */
export function cliCommand({ sourceId, actionId, params }: Asked): string | undefined {
  const action = `${sourceId}:${actionId}`;
  if (unpastable.test(action)) return undefined;
  const json = quoted(plainJson(params ?? {}));
  // What begins with a dash is taken for a flag unless all flags are over.
  return action.startsWith('-')
    ? `assent actions run --params ${json} -- ${quoted(action)}`
    : `assent actions run ${quoted(action)} --params ${json}`;
}

const unpastable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** One word of a POSIX shell (XCU 2.2.2): within single quotes everything stands for itself, but the quote. */
function quoted(text: string): string {
  return /^[\w.:/@][\w.:/@-]*$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
