// Its schemas have null where nothing is meant, and empty lists where PHP means empty objects.
import { type OddTools, oneTool } from './scripted-tools.ts';

export const server: OddTools = {
  list: oneTool({
    type: 'object',
    required: null,
    $schema: null,
    properties: { a: { type: null }, b: [], c: null },
  }),
  called: { do: { a: 1, b: 2, c: 3 } },
};
