import type { CatalogAnswer } from '../../contract/catalog.ts';
import { callName } from '../../shared/action-names.ts';
import { readCatalog } from '../catalog.ts';
import { shortened, table } from '../columns.ts';
import { command, reply } from '../command.ts';
import { asAgent } from '../who.ts';

/** Characters of a description in the list of actions. */
const descriptionLength = 90;

export const list = command({
  example: 'assent actions list --json',
  more: 'The first column is what `assent actions run` takes. With --json, each action comes with the JSON Schema of its parameters.',
  async run() {
    return reply(await readCatalog(asAgent()), text);
  },
});

function text({ sources }: CatalogAnswer): string {
  const rows = sources.flatMap((source) =>
    source.actions.map(({ id, riskLevel, mode, description }) => [
      `${callName(source, sources)}:${id}`,
      riskLevel,
      mode,
      shortened(description, descriptionLength),
    ]),
  );
  return rows.length === 0
    ? 'No actions are available to this session.'
    : table(['ACTION', 'RISK', 'MODE', 'DESCRIPTION'], rows);
}
