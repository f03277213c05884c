import type { ConnectorTool } from '../../contract/connectors.ts';
import type { Source, SourceAction, SourceActionsAnswer } from '../../contract/sources.ts';
import { at, type Client } from '../client.ts';
import { command, reply } from '../command.ts';
import { refuseLeftOut } from '../connector-text.ts';
import { Failure, usage } from '../exit.ts';
import { pick } from '../named.ts';
import { print } from '../print.ts';
import { agreed } from '../typed-in.ts';
import { asPerson } from '../who.ts';
import { definitionText, reviewFlags } from './connectors-review.ts';

export const review = command({
  example: 'assent review linear:create_issue --risk danger',
  more: `Shows the action as its source describes it, and pins that: should the source change what it takes, an allowed action needs
approval again until somebody reviews it. On a terminal it asks before it pins.`,
  args: { action: { about: "source:action, by the source's name or id" } },
  flags: reviewFlags,
  async run({ args, flags, json }) {
    const client = await asPerson();
    const { source, action } = await actionOf(client, args.action);
    if (!json) print(definitionText(action));
    const asks = !json && !flags.yes && process.stdin.isTTY;
    if (asks && !(await agreed('Pin this definition?')))
      return reply({ action }, () => 'Nothing was pinned.');
    const riskLevel = flags.risk === 'none' ? null : flags.risk;
    const { hash, shownHash } = action;
    const path = at`/v1/sources/${source.id}/actions/${action.id}`;
    const answer = await client.put<{ action: ConnectorTool }>(path, {
      body: { riskLevel, hash, shownHash },
    });
    return reply(
      answer,
      (shown) =>
        `Reviewed ${source.displayName}:${shown.action.id}: risk ${shown.action.riskLevel}, mode ${shown.action.mode}.`,
    );
  },
});

/**
 * The action that `source:action` means. Names, ids and actions may have colons in them: each source whose name or id begins
 * what was typed is asked. Throws `usage`, `not_found` with the nearest names, and `ambiguous`.
 */
async function actionOf(client: Client, typed: string): Promise<{ source: Source; action: SourceAction }> {
  if (!typed.includes(':')) throw usage(`"${typed}" names no action. Write source:action.`);
  const { sources } = await client.get<{ sources: Source[] }>('/v1/sources');
  const meant = sources.flatMap((source) => {
    const name = [source.id, source.displayName].find((one) => typed.startsWith(`${one}:`));
    return name === undefined ? [] : [{ source, called: typed.slice(name.length + 1) }];
  });
  if (meant.length === 0) {
    const names = sources.map(({ displayName }) => displayName).join(', ') || 'none';
    throw new Failure('not_found', `"${typed}" belongs to no source. There are: ${names}.`);
  }
  const offered = await Promise.all(
    meant.map(async (one) => ({ ...one, ...(await actionsOf(client, one.source)) })),
  );
  const holding = offered.filter(({ actions, called }) => actions.some(({ id }) => id === called));
  const [found, ...others] = holding.length > 0 ? holding : offered;
  if (found === undefined || others.length > 0) {
    const ids = (holding.length > 0 ? holding : offered).map(
      ({ source, called }) => `${source.id}:${called}`,
    );
    throw new Failure('ambiguous', `"${typed}" can mean several actions. Write one of: ${ids.join(', ')}.`);
  }
  const { source, actions, omitted, called } = found;
  refuseLeftOut(omitted, called);
  const listing = `assent connectors tools ${source.displayName}`;
  const action = await pick(called, { what: 'action', all: actions, nameOf: ({ id }) => id, listing });
  return { source, action };
}

function actionsOf(client: Client, { id }: Source): Promise<SourceActionsAnswer> {
  return client.get<SourceActionsAnswer>(at`/v1/sources/${id}/actions`);
}
