// One of its schemas is larger than any that is read.
import type { OddTools } from './scripted-tools.ts';

const large = { type: 'object', description: 'x'.repeat(66_000) };

export const server: OddTools = {
  list: JSON.stringify({ tools: [{ name: 'large', inputSchema: large }, { name: 'do' }] }),
  called: { do: {} },
  omitted: [{ tool: 'large', reason: 'its input schema cannot be used: it is larger than 65536 bytes' }],
};
