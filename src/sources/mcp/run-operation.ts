import { Client, SdkHttpError } from '@modelcontextprotocol/client';
import type { CallAnswer } from './call-answer.ts';
import { Deadline } from './deadline.ts';
import { faultOf } from './fault-of.ts';
import type { McpFault } from './faults.ts';
import type { LastWords } from './last-words.ts';
import type { McpConnection } from './mcp-connection.ts';
import { type Failed, firstTry, nextTry, type Revision, type Try } from './next-try.ts';

export type RequestOptions = { readonly signal: AbortSignal; readonly timeout: number };

/** How long a server may leave the question unanswered which revision it speaks, in ms. */
const longestPatienceMs = 3000;

export interface Server {
  /** Our version, which the server is told. */
  readonly version: string;
  /** `isOld`: to a server of 2024, over HTTP. */
  readonly open: (isOld: boolean) => McpConnection;
  readonly isOfHttp: boolean;
  /** What is remembered of its revision. */
  readonly revision: { get(): Revision | undefined; set(revision: Revision): void; forget(): void };
}

/** What an operation has after the handshake. */
export interface Asking {
  readonly options: RequestOptions;
  readonly answer: CallAnswer;
  /** The server is at work: it gets `limitMs` once more, up to `longestMs` in all. */
  extend(): void;
}

export interface Operation<T> {
  /** Of the whole operation, a second connection included; where there is a `startMs`, of what comes after the handshake. */
  readonly limitMs: number;
  /** Of start and handshake, where they have a time of their own, in ms. */
  readonly startMs?: number | undefined;
  /** However often `extend` is called, in ms after the handshake; `limitMs` where it is absent. */
  readonly longestMs?: number;
  readonly signal: AbortSignal;
  /** Whether doing it twice does no harm. */
  readonly repeatable: boolean;
  run(client: Client, asking: Asking): Promise<T>;
}

/** What ended an operation, and whether the server may have got the request. */
export class OperationFailure extends Error {
  readonly fault: McpFault;
  readonly sent: boolean;
  readonly words: LastWords | undefined;

  constructor({ fault, sent, words }: Pick<Failed, 'fault' | 'sent' | 'words'>) {
    super(fault.code);
    this.fault = fault;
    this.sent = sent;
    this.words = words;
  }
}

/**
 * One operation: connect, ask, hang up, all before the deadline. Where a connection failed in a way that another one can mend without
 * asking twice, there is another one (`nextTry`). Throws `OperationFailure`.
 */
export async function runOperation<T>(server: Server, operation: Operation<T>): Promise<T> {
  using deadline = new Deadline(operation.startMs ?? operation.limitMs, operation.signal);
  let current = firstTry(server.revision.get());
  let before: Failed | undefined;
  for (;;) {
    const outcome = await attempt(server, operation, deadline, current);
    if (outcome.ok) return outcome.value;
    server.revision.forget();
    const next = deadline.signal.aborted
      ? undefined
      : nextTry(current, outcome, { repeatable: operation.repeatable, isOfHttp: server.isOfHttp });
    // A server that is none of 2024 either says nothing of itself by that.
    const telling = current.kind === 'old' && outcome.stage !== 'asking' ? before : outcome;
    if (next === undefined) throw new OperationFailure(telling ?? outcome);
    before = outcome;
    current = next;
  }
}

async function attempt<T>(
  server: Server,
  operation: Operation<T>,
  deadline: Deadline,
  { kind, revision }: Try,
): Promise<{ readonly ok: true; readonly value: T } | Failed> {
  const connection = server.open(kind === 'old');
  const { signal } = deadline;
  const { limitMs, startMs = limitMs, longestMs = limitMs } = operation;
  const client = newClient(server.version, patienceOf(kind, startMs));
  const requests = { signal, timeout: startMs + longestMs + 1000 };
  const reached = { asking: false };
  try {
    const value = await unlessAborted(signal, async () => {
      await client.connect(
        connection.transport,
        revision === undefined ? requests : { ...requests, prior: revision },
      );
      reached.asking = true;
      if (operation.startMs !== undefined) deadline.begin(limitMs);
      const end = performance.now() + longestMs;
      const extend = (): void => {
        const left = Math.max(0, end - performance.now());
        if (left < limitMs) deadline.begin(left, longestMs);
        else deadline.begin(limitMs);
      };
      return operation.run(client, { options: requests, answer: connection.answer, extend });
    });
    server.revision.set(revisionOf(client));
    return { ok: true, value };
  } catch (error) {
    const status = error instanceof SdkHttpError ? error.status : undefined;
    const lostSession =
      status === 404 && connection.transport.sessionId !== undefined && connection.answer.hasNoSession;
    const noSuchRequest = status === 404 || status === 405;
    const fault = signal.aborted
      ? faultOf(signal.reason, true)
      : (connection.fault ?? connection.answer.fault ?? faultOf(error, connection.reached));
    const stage = reached.asking ? 'asking' : stageOf(connection.answer);
    const sent = reached.asking && connection.reached;
    return { ok: false, fault, stage, sent, words: connection.words, lostSession, noSuchRequest };
  } finally {
    await connection.close(signal.aborted ? 'at once' : 'gently');
  }
}

function stageOf({ greeted }: CallAnswer): Failed['stage'] {
  return greeted ? 'greeting' : 'probing';
}

/** How long a server may think about which revision it speaks: a silent one may be one of 2025 that ignores what it does not know. */
function patienceOf(kind: Try['kind'], limitMs: number): number {
  return kind === 'patient' ? limitMs + 1000 : Math.min(longestPatienceMs, limitMs / 3);
}

/** A client that never runs a stranger's schema, answers no questions and gives up probing after `patienceMs`. */
function newClient(version: string, patienceMs: number): Client {
  return new Client(
    { name: 'assent', version },
    {
      versionNegotiation: { mode: 'auto', probe: { timeoutMs: patienceMs } },
      // `never` fits whatever type the SDK has for an answer that is not looked at.
      jsonSchemaValidator: {
        getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }),
      },
      inputRequired: { autoFulfill: false },
    },
  );
}

function revisionOf(client: Client): Revision {
  const discover = client.getDiscoverResult();
  return discover === undefined ? { kind: 'legacy' } : { kind: 'modern', discover };
}

/** The SDK hears no signal while it probes, and has no limit for its last word of the handshake. */
async function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(), promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
