// Go writes null for a list without elements.
import type { OddTools } from './scripted-tools.ts';

export const server: OddTools = { list: '{"tools":null}', called: {} };
