// Its pages go round in a circle.
import type { OddTools } from './scripted-tools.ts';

export const server: OddTools = {
  list: (cursor) =>
    cursor === undefined
      ? '{"tools":[{"name":"first"}],"nextCursor":"x"}'
      : '{"tools":[{"name":"second"}],"nextCursor":"x"}',
  called: { first: {}, second: {} },
  omitted: [{ tool: '(all further ones)', reason: 'the list of tools goes round in a circle' }],
};
