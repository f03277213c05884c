// The only module that prints: results on standard output, everything else on standard error.
import { styleText } from 'node:util';
import { messageOf } from '../lib/errors.ts';
import { differenceWords } from '../shared/differences.ts';
import { visibleJson, visibleSentence } from '../shared/odd-characters.ts';
import type { Reply } from './command.ts';
import { codeForMachines, differencesOf, issuesOf } from './exit.ts';
import { prettyJson } from './visible.ts';

export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red';

// The program that reads our output may stop reading (`assent history | head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

/** Colour, where standard output is a terminal that wants it. */
export function paint(style: Style, text: string): string {
  return isColourful(process.stdout) ? styleText(style, text, { validateStream: false }) : text;
}

function isColourful(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

/** A result for people. The text has been made visible where it comes from outside. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A piece of a result that comes in pieces, for people. */
export function printPart(text: string): void {
  process.stdout.write(text);
}

/** Somebody else's bytes, passed on as they are. */
export function printBytes(bytes: Uint8Array): void {
  process.stdout.write(bytes);
}

/** A line that says what is going on, and is gone before the next one; only where somebody looks. */
export function statusLine(): { show(text: string): void; clear(): void } {
  const { stderr } = process;
  if (!stderr.isTTY) return { show: () => {}, clear: () => {} };
  const clear = () => stderr.write('\r\x1b[K');
  return {
    show: (text) => stderr.write(`\r\x1b[K${visibleSentence(text).slice(0, stderr.columns - 1)}`),
    clear,
  };
}

/** Whether somebody looks at the results, rather than a program. */
export function isWatched(): boolean {
  return process.stdout.isTTY;
}

/** Whether somebody looks at what is no result. */
export function isToldWhatGoesOn(): boolean {
  return process.stderr.isTTY;
}

/** A result for machines. */
export function printJson(value: unknown): void {
  process.stdout.write(`${prettyJson(value)}\n`);
}

/** One of many results for machines, on a line of its own. */
export function printJsonLine(value: unknown): void {
  process.stdout.write(`${visibleJson(JSON.stringify(value))}\n`);
}

/** What is no result: progress, hints, questions. */
export function note(text: string): void {
  process.stderr.write(`${visibleSentence(text)}\n`);
}

/** A question, whose answer is typed behind it. */
export function ask(text: string): void {
  process.stderr.write(visibleSentence(text));
}

export function printReply(reply: Reply, json: boolean, prefix = 'assent:'): void {
  const text = json ? prettyJson(reply.json) : reply.text();
  if (json || text !== '') print(text);
  if (!json && reply.note !== undefined) note(reply.note);
  if (reply.failure !== undefined) printSentence(reply.failure, prefix);
}

/** A failure: its sentence for people, and for machines also a document, so that there always is one. */
export function printFailure(thrown: unknown, json: boolean, prefix = 'assent:'): void {
  const issues = issuesOf(thrown);
  const differs = differencesOf(thrown);
  if (json) {
    const error = {
      code: codeForMachines(thrown),
      message: messageOf(thrown),
      ...(issues.length > 0 && { issues }),
      ...(differs.length > 0 && { differs }),
    };
    printJson({ error });
  }
  printSentence(messageOf(thrown), prefix);
  for (const one of differs) note(`  ${differenceWords[one]}`);
  // One issue alone is what the sentence says already.
  for (const { path, message } of issues.length > 1 ? issues : [])
    note(`  ${path === '' ? '(the whole)' : path}: ${message}`);
}

function printSentence(sentence: string, prefix: string): void {
  const begins = isColourful(process.stderr) ? styleText('red', prefix, { validateStream: false }) : prefix;
  process.stderr.write(`${begins} ${visibleSentence(sentence)}\n`);
}
