// Its answer is made of more values than anybody reads.
import { answerJson } from '../mcp.ts';
import { startOddly } from './scripted-http.ts';

export const start = () =>
  startOddly({
    'tools/call': (response, body) =>
      answerJson(response, body, { content: Array.from({ length: 60_000 }, () => 1) }),
  });
