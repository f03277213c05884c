// Its second page is refused.
import type { OddTools } from './scripted-tools.ts';

export const server: OddTools = {
  list: (cursor) =>
    cursor === undefined
      ? '{"tools":[{"name":"first"}],"nextCursor":"x"}'
      : { error: '{"code":-32602,"message":"no such cursor"}' },
  called: { first: {} },
  omitted: [
    {
      tool: '(all further ones)',
      reason: 'the server refused the next page: no such cursor (code -32602).',
    },
  ],
};
