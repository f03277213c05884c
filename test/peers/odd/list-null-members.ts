// Go and Java write null for what is not there.
import type { OddTools } from './scripted-tools.ts';

const nothing =
  '"title":null,"description":null,"annotations":null,"outputSchema":null,"icons":null,"_meta":null';

export const server: OddTools = {
  beside: '"error":null,',
  list: `{"_meta":null,"nextCursor":null,"tools":[{"name":"a",${nothing},"inputSchema":null},{"name":"b",${nothing}}]}`,
  called: { a: { x: 1 }, b: {} },
};
