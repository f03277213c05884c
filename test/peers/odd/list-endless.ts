// There is always another page.
import type { OddTools } from './scripted-tools.ts';

export const server: OddTools = {
  list: (cursor = '0') => `{"tools":[{"name":"t${cursor}"}],"nextCursor":"${Number(cursor) + 1}"}`,
  called: { t0: {}, t63: {} },
  omitted: [{ tool: '(all further ones)', reason: 'the list of tools has more than 64 pages' }],
};
