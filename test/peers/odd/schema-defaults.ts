// What it requires has a default.
import { type OddTools, oneTool } from './scripted-tools.ts';

export const server: OddTools = {
  list: oneTool({
    type: 'object',
    required: ['limit'],
    properties: { limit: { type: 'integer', default: 20 } },
  }),
  called: { do: {} },
  unchecked: ['/required: "limit" may be absent, since it has a default'],
  said: '{"content":[],"structuredContent":{}}',
};
