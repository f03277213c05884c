import type { ConnectorTool } from '../../contract/connectors.ts';
import { riskReasonsInTerminal } from '../../shared/reasons.ts';
import { at } from '../client.ts';
import { facts } from '../columns.ts';
import { command, reply } from '../command.ts';
import { refuseLeftOut, reviewText, toolsOf } from '../connector-text.ts';
import { connectorCalled, pick } from '../named.ts';
import { paint, print } from '../print.ts';
import { agreed } from '../typed-in.ts';
import { prettyJson, visibleValue } from '../visible.ts';
import { asPerson } from '../who.ts';

/** What somebody who reviews says of the action, and whether they are asked. */
export const reviewFlags = {
  risk: {
    type: 'text',
    value: 'RISK',
    about: 'how dangerous it is; none takes an earlier word back',
    choices: ['read', 'write', 'danger', 'none'],
  },
  yes: { type: 'switch', about: 'do not ask' },
} as const;

export const review = command({
  example: 'assent connectors review files write_file --risk danger',
  more: `Shows the tool as its server describes it, and pins that: should the server change what it takes, an allowed tool needs approval
again until somebody reviews it. On a terminal it asks before it pins.`,
  args: { name: { about: "the connector's name or id" }, tool: { about: 'the tool' } },
  flags: reviewFlags,
  async run({ args, flags, json }) {
    const client = await asPerson();
    const connector = await connectorCalled(client, args.name);
    const listing = `assent connectors tools ${connector.name}`;
    const { tools, omitted } = await toolsOf(client, connector);
    refuseLeftOut(omitted, args.tool);
    const tool = await pick(args.tool, {
      what: 'tool',
      all: tools,
      nameOf: ({ id }) => id,
      listing,
    });
    if (!json) print(definitionText(tool));
    const asks = !json && !flags.yes && process.stdin.isTTY;
    if (asks && !(await agreed('Pin this definition?'))) return reply({ tool }, () => 'Nothing was pinned.');
    const riskLevel = flags.risk === 'none' ? null : flags.risk;
    const path = at`/v1/connectors/${connector.id}/tools/${tool.id}`;
    const { hash, shownHash } = tool;
    const answer = await client.put<{ tool: ConnectorTool }>(path, { body: { riskLevel, hash, shownHash } });
    return reply(
      answer,
      (shown) =>
        `Reviewed ${connector.name}:${shown.tool.id}: risk ${shown.tool.riskLevel}, mode ${shown.tool.mode}.`,
    );
  },
});

/** An action as its source describes it, and what is known of it. */
export function definitionText(raw: ConnectorTool): string {
  const shown = visibleValue(raw);
  const lines = facts({
    risk: `${shown.riskLevel} (${riskReasonsInTerminal[raw.riskSource] ?? shown.riskSource})`,
    mode: shown.mode,
    review: reviewText(raw),
    hash: shown.hash,
  });
  const description = shown.description === '' ? '(no description)' : shown.description;
  return [
    paint('bold', shown.id),
    description.replace(/^/gm, '  '),
    lines,
    '  parameters',
    prettyJson(raw.params).replace(/^/gm, '    '),
    ...uncheckedLines(shown.unchecked),
  ].join('\n');
}

function uncheckedLines(unchecked: readonly string[]): string[] {
  if (unchecked.length === 0) return [];
  return ['  not checked by the gateway, and left to the server', ...unchecked.map((one) => `    ${one}`)];
}
