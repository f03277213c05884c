import type { Mode } from '../contract/modes.ts';
import { at, type Client } from './client.ts';
import { table } from './columns.ts';
import { usage } from './exit.ts';
import { SourceNames } from './shown-names.ts';

export interface Modes {
  readonly modes: Readonly<Record<string, string>>;
}

export const modeChoices = ['allow', 'require_approval', 'deny'] as const satisfies readonly Mode[];

export const keyArgument = {
  about: 'source:action; for a connector, its name or its source id stands before the colon',
} as const;
export const modeArgument = { about: 'what happens then', choices: modeChoices } as const;

export async function readModes(
  client: Client,
  path: string,
): Promise<{ answer: Modes; names: SourceNames }> {
  const [answer, names] = await Promise.all([client.get<Modes>(path), SourceNames.read(client)]);
  return { answer, names };
}

/** Sets one mode, or with `undefined` takes it back. `path` is the organization's map or an automation's. */
export async function changeMode(
  client: Client,
  path: string,
  typed: string,
  mode: Mode | undefined,
): Promise<{ key: string; answer: Modes }> {
  const key = await keyOf(client, typed);
  const one = path + at`/${key}`;
  const answer =
    mode === undefined ? await client.delete<Modes>(one) : await client.put<Modes>(one, { body: { mode } });
  return { key, answer };
}

async function keyOf(client: Client, typed: string): Promise<string> {
  if (!/^[^:]+:./.test(typed))
    throw usage(`"${typed}" names no action. Write source:action, like linear:create_issue.`);
  return (await SourceNames.read(client)).key(typed);
}

export function modesText({ modes }: Modes, names: SourceNames, none: string): string {
  const rows = Object.entries(modes).map(([key, mode]) => [names.readable(key), mode]);
  return rows.length === 0 ? none : table(['ACTION', 'MODE'], rows);
}
