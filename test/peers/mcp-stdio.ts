// A local MCP server for tests, run by node: `node mcp-stdio.ts <behaviour>`.
//   ordinary     both revisions; the tool `look` shows its environment, folder and process id
//   parent       the same, with a child of its own that ignores SIGTERM; `look` shows the child's id as `child`
//   stubborn     the same as parent, and it ignores the end of its input and SIGTERM itself
//   exits        ends at any request before `initialize`, as some servers of 2025 do
//   silent       starts, and never answers
//   dies         ends with exit code 3 at the first call, with words on standard error
//   floods       writes without end
//   chatty       ordinary, but writes lines that are no JSON-RPC first
import { spawn } from 'node:child_process';
import { Server } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

const behaviour = process.argv[2] ?? 'ordinary';
const immortal = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);';
const child =
  behaviour === 'parent' || behaviour === 'stubborn'
    ? spawn(process.execPath, ['-e', immortal], { stdio: ['ignore', 'inherit', 'inherit'] })
    : undefined;

if (behaviour === 'silent') process.stdin.resume();
else if (behaviour === 'floods') flood();
else if (behaviour === 'exits') process.stdin.once('data', startUnlessProbed);
else serve();

function serve(): void {
  if (behaviour === 'chatty') process.stdout.write('Listening on stdio…\n{"level":"info"}\n');
  if (behaviour === 'stubborn') {
    process.on('SIGTERM', () => undefined);
    setInterval(() => undefined, 1000);
  }
  serveStdio(() => {
    const server = new Server(
      { name: 'stdio', version: '1' },
      { capabilities: { tools: {} }, instructions: 'Look around.' },
    );
    server.setRequestHandler('tools/list', () => ({
      tools: [{ name: 'look', inputSchema: { type: 'object' } }],
    }));
    server.setRequestHandler('tools/call', () => {
      if (behaviour === 'dies') die();
      const seen = { env: process.env, cwd: process.cwd(), pid: process.pid, child: child?.pid };
      return { content: [{ type: 'text', text: JSON.stringify(seen) }] };
    });
    return server;
  });
}

function die(): never {
  process.stderr.write(`cannot open the database, key ${process.env['PEER_KEY']}\n`);
  process.exit(3);
}

function flood(): void {
  const line = `${JSON.stringify({ padding: 'x'.repeat(100_000) })}\n`;
  const write = (): void => {
    while (process.stdout.write(line));
    process.stdout.once('drain', write);
  };
  process.stdin.resume();
  write();
}

function startUnlessProbed(first: Buffer): void {
  if (!first.toString().includes('"initialize"')) process.exit(1);
  process.stdin.unshift(first);
  serve();
}
