import { usage } from './exit.ts';
import { ask, note } from './print.ts';

/** All of standard input, as text. */
export async function readStandardInput(): Promise<string> {
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  return text;
}

/** A secret: asked for without echo on a terminal, else all of standard input without its last newline. */
export async function readSecret(prompt: string): Promise<string> {
  const text = process.stdin.isTTY
    ? await typedUnseen(prompt)
    : (await readStandardInput()).replace(/\r?\n$/, '');
  if (text !== '') return text;
  throw usage('Nothing came on standard input. Pipe the value in, or type it where a terminal asks for it.');
}

/** Whether the person at the terminal says yes. */
export async function agreed(question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}

/** The terminal's keys one by one, unseen, until `done` says so. The terminal is as before afterwards, however it ends. */
export async function eachKey(done: (keys: string) => boolean): Promise<void> {
  const { stdin } = process;
  stdin.setEncoding('utf8');
  stdin.setRawMode(true);
  try {
    for await (const keys of stdin) if (done(String(keys))) return;
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
}

const interrupt = '\u0003';
const endOfInput = '\u0004';
const eraseLast: ReadonlySet<string> = new Set(['\u007f', '\b']);

async function typedUnseen(prompt: string): Promise<string> {
  ask(`${prompt} (it is not shown): `);
  let text = '';
  await eachKey((keys) => {
    for (const key of keys) {
      if (key === interrupt) process.exit(130);
      if (key === '\r' || key === '\n' || key === endOfInput) return true;
      text = eraseLast.has(key) ? text.slice(0, -1) : text + key;
    }
    return false;
  });
  note('');
  return text;
}
