// A call adds a line to the file NOTES as careless servers do: it reads the whole, waits, and writes the whole.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { done } from './scripted-http.ts';
import { answerOddly } from './scripted-stdio.ts';

const notes = process.env['NOTES'] ?? '';

await answerOddly({
  answers(method, { id }) {
    if (method !== 'tools/call') return true;
    void addLine().then(() =>
      process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: done })}\n`),
    );
    return false;
  },
});

async function addLine(): Promise<void> {
  const before = existsSync(notes) ? readFileSync(notes, 'utf8') : '';
  // What another process writes meanwhile is lost.
  await sleep(50);
  writeFileSync(notes, `${before}line\n`);
}
