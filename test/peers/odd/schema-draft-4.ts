// It writes draft 4 and draft 7 without saying so.
import { type OddTools, oneTool } from './scripted-tools.ts';

const ends = {
  type: 'array',
  items: [{ type: 'number' }, { $ref: '#/definitions/end' }],
  additionalItems: false,
};

export const server: OddTools = {
  list: oneTool({
    id: 'http://odd.example/do',
    definitions: { end: { id: '#end', type: 'number', minimum: 0, exclusiveMinimum: true } },
    properties: { ends },
  }),
  called: { do: { ends: [1, 2] } },
};
