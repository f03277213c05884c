// It offers more tools than anybody reads.
import type { OddTools } from './scripted-tools.ts';

const tools = Array.from({ length: 1001 }, (_, at) => ({ name: `t${at}` }));

export const server: OddTools = {
  list: JSON.stringify({ tools }),
  called: { t999: {} },
  omitted: [{ tool: '(all further ones)', reason: 'there are more than 1000 tools' }],
};
