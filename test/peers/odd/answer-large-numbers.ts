// It answers with ids that JavaScript does not hold.
import type { OddTools } from './scripted-tools.ts';

export const server: OddTools = {
  list: '{"tools":[{"name":"do","inputSchema":{"properties":{"id":{"type":"integer","maximum":9223372036854775807}}}}]}',
  answer: '{"content":[],"structuredContent":{"id":1234567890123456789,"all":[0.1,-9007199254740993]}}',
  called: { do: { id: 7 } },
  said: '{"id":"1234567890123456789","all":[0.1,"-9007199254740993"]}',
};
