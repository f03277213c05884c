import { visibleLine } from '../../src/shared/odd-characters.ts';
import { shellWord } from '../../src/shared/shell-words.ts';
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
  if (visibleLine(action) !== action) return undefined;
  const json = shellWord(plainJson(params ?? {}));
  // What begins with a dash is taken for a flag unless all flags are over.
  return action.startsWith('-')
    ? `assent actions run --params ${json} -- ${shellWord(action)}`
    : `assent actions run ${shellWord(action)} --params ${json}`;
}
