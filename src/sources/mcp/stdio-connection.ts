import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import {
  deserializeMessage,
  type JSONRPCMessage,
  serializeMessage,
  type Transport,
} from '@modelcontextprotocol/client';
import { codeOf } from '../../lib/errors.ts';
import { tooMuch } from './answer-stream.ts';
import { CallAnswer } from './call-answer.ts';
import { cleanText } from './clean-text.ts';
import { McpFault } from './faults.ts';
import { inheritedEnvironment } from './inherited-environment.ts';
import { LastWords } from './last-words.ts';
import { type McpConnection, maxBytes, tooLarge } from './mcp-connection.ts';

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  /** Beside the few variables that every command gets. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder that it runs in; the gateway's own where it is absent. */
  readonly cwd?: string | undefined;
}

/** Byte order marks, white space, and what sets the colours of a terminal. */
// oxlint-disable-next-line no-control-regex
const beforeMessage = /^(?:[\s\u{FEFF}\0]|\x1b\[[\d;?]*[A-Za-z])+/u;
/** How long each polite way of ending a command may take (MCP 2026-07-28, stdio, shutdown). */
const patienceMs = 500;

/** A local command that speaks MCP over its standard input and output, in a process group of its own. */
export function openStdioConnection(command: Command): McpConnection {
  const transport = new StdioTransport(command);
  return {
    transport,
    answer: transport.answer,
    words: transport.words,
    get fault() {
      return transport.fault;
    },
    get reached() {
      return transport.pid !== null;
    },
    close: (how) => transport.end(how),
  };
}

/** The SDK's own leaves grandchildren alive, inherits more of the environment, and starts a second process to probe. */
class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  /** With `pid`, what the SDK recognizes a local process by. */
  readonly stderr = null;
  readonly answer = new CallAnswer();
  readonly words = new LastWords();
  fault: McpFault | undefined;
  readonly #command: Command;
  readonly #gone = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  /** A line that is not whole yet: joined once, or a flood of small pieces would be copied over and over. */
  readonly #partial: Buffer[] = [];
  #child: ChildProcessByStdio<Writable, Readable, Readable> | undefined;
  #bytes = 0;
  #ending = false;
  #left = false;

  constructor(command: Command) {
    this.#command = command;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Rejects with `McpFault` `command_missing`, or `bad_configuration` for a working folder that is not there. */
  async start(): Promise<void> {
    const { cwd } = this.#command;
    if (cwd !== undefined && !(await isFolder(cwd))) {
      this.fault = new McpFault(
        'bad_configuration',
        `its working folder ${cleanText(cwd, 200)} is no folder on the gateway's machine. Make it, or name another.`,
      );
      throw this.fault;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const fail = (error: unknown): void => {
      const program = cleanText(this.#command.command, 100);
      this.fault ??= new McpFault('command_missing', `${codeOf(error) ?? 'unknown error'}: ${program}`);
      this.#gone.resolve();
      this.#closed.resolve();
      reject(this.fault);
    };
    try {
      this.#listen(this.#spawn(), resolve, fail);
    } catch (error) {
      // Arguments that no process can have; the message would quote them.
      fail(error);
    }
    return promise;
  }

  async send(message: JSONRPCMessage): Promise<void> {
    this.answer.sent(message);
    // A command that has gone is reported by `onclose`, not here.
    this.#child?.stdin.write(serializeMessage(message));
  }

  /** The SDK's way out of a failed handshake. */
  close(): Promise<void> {
    return this.end('at once');
  }

  async end(how: 'gently' | 'at once'): Promise<void> {
    this.#ending = true;
    const child = this.#child;
    if (child === undefined) return;
    child.stdin.end();
    if (how === 'gently' && !(await within(patienceMs, this.#gone.promise))) {
      this.#signal('SIGTERM');
      await within(patienceMs, this.#gone.promise);
    }
    this.#signal('SIGKILL');
    await this.#gone.promise;
    // Closed pipes prove that its children are gone too; one that left the group may hold them for ever.
    await within(patienceMs, this.#closed.promise);
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  }

  #spawn(): ChildProcessByStdio<Writable, Readable, Readable> {
    const { command, args, env, cwd } = this.#command;
    this.#child = spawn(command, [...args], {
      env: { ...inheritedEnvironment(process.env), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      cwd,
      // A group of its own, which can be killed with everything in it.
      detached: true,
    });
    return this.#child;
  }

  #listen(
    child: ChildProcessByStdio<Writable, Readable, Readable>,
    started: () => void,
    failed: (error: unknown) => void,
  ): void {
    child.once('spawn', started);
    child.once('error', failed);
    child.once('exit', () => {
      // What it started must not outlive it, nor hold its pipes open.
      this.#signal('SIGKILL');
      this.#left = true;
      this.#gone.resolve();
    });
    child.once('close', (code, signal) => this.#ended(signal ?? `exit code ${code}`));
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.words.heard(text));
  }

  #read(chunk: Buffer): void {
    this.#bytes += chunk.byteLength;
    if (this.#bytes > maxBytes) {
      if (this.fault !== undefined) return;
      this.fault = tooLarge(maxBytes);
      const begun = this.answer.takeBegun(
        Buffer.concat(this.#partial.splice(0)).toString(),
        tooMuch(this.fault.message),
      );
      if (begun !== undefined) this.onmessage?.(begun);
      this.#signal('SIGKILL');
      return;
    }
    const end = chunk.lastIndexOf('\n') + 1;
    const whole = [...(end === 0 ? [] : this.#partial.splice(0)), chunk.subarray(0, end)];
    this.#partial.push(chunk.subarray(end));
    if (end === 0) return;
    for (const line of Buffer.concat(whole).toString().split('\n')) this.#deliver(line);
  }

  /** A line that is not JSON-RPC is passed over: commands write all sorts of things, and their runtimes marks before a message. */
  #deliver(line: string): void {
    const text = line.replace(beforeMessage, '').trimEnd();
    if (text === '') return;
    let message: JSONRPCMessage;
    try {
      message = this.answer.take(text, false) ?? deserializeMessage(text);
    } catch {
      this.words.stray(text);
      return;
    }
    this.onmessage?.(message);
  }

  #ended(how: string): void {
    if (!this.#ending) this.fault ??= new McpFault('command_ended', how);
    this.#closed.resolve();
    this.onclose?.();
  }

  #signal(signal: NodeJS.Signals): void {
    // From then on its number may be another's.
    if (this.pid === null || this.#left) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // The whole group has gone already.
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

/** Whether it happens in time. */
async function within(ms: number, event: Promise<void>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, ms, false);
  void event.then(() => resolve(true));
  const happened = await promise;
  clearTimeout(timer);
  return happened;
}
