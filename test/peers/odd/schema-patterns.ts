// Its patterns look ahead, as those of the official SDK for durations and host names do.
import { type OddTools, oneTool } from './scripted-tools.ts';

export const server: OddTools = {
  list: oneTool({ type: 'object', properties: { at: { type: 'string', pattern: '^P(?=\\d)' } } }),
  called: { do: { at: 'P1D' } },
  unchecked: ['/properties/at/pattern: the pattern "^P(?=\\\\d)" is not one that RE2 can run'],
};
