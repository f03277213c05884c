// Some of its tools are none.
import type { OddTools } from './scripted-tools.ts';

export const server: OddTools = {
  list: '{"tools":[null,7,{"name":"two words"},{"name":"do"},{"name":"do"},{"name":"b","annotations":{"destructiveHint":"no"}},{"name":"last"}]}',
  called: { do: {}, last: {} },
  omitted: [
    {
      tool: '(without a name)',
      reason: 'its definition is wrong: Invalid input: expected object, received null',
    },
    {
      tool: '(without a name)',
      reason: 'its definition is wrong: Invalid input: expected object, received number',
    },
    { tool: 'two words', reason: 'its name is wrong: is not 1 to 128 visible characters' },
    { tool: 'do', reason: 'there is another of this name before it' },
    {
      tool: 'b',
      reason: 'its annotations.destructiveHint is wrong: Invalid input: expected boolean, received string',
    },
  ],
};
