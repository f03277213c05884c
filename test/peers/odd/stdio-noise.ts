// It writes a banner, log lines, colours and blank lines to where messages belong, and ends its lines as Windows does.
import { answerOddly } from './scripted-stdio.ts';

await answerOddly({
  before: 'Notes server 1.0\r\n\r\n{"level":"info","msg":"listening"}\r\n[1,2]\r\nnull\r\n',
  line: (json) => `2026-01-01 INFO answering\r\n\u{1B}[0m\u{FEFF}${json}\r\n\r\n`,
});
