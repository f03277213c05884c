// It answers with ids that JavaScript does not hold.
import { type OddTools, oneTool } from './scripted-tools.ts';

export const server: OddTools = {
  list: oneTool({
    type: 'object',
    properties: { id: { type: 'integer', maximum: 9_223_372_036_854_775_807 } },
  }),
  answer: '{"content":[],"structuredContent":{"id":1234567890123456789,"all":[0.1,-9007199254740993]}}',
  called: { do: { id: 7 } },
  said: '{"id":"1234567890123456789","all":[0.1,"-9007199254740993"]}',
};
