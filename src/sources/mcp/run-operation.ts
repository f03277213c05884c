import { Client, type ConnectOptions, SdkHttpError } from '@modelcontextprotocol/client';
import type { CallAnswer } from './call-answer.ts';
import { faultOf } from './fault-of.ts';
import { McpFault } from './faults.ts';
import type { McpConnection } from './mcp-connection.ts';

/** Which revision of MCP a server speaks, as found when it was last asked; saves asking again. */
export type Revision = NonNullable<ConnectOptions['prior']>;
export type RequestOptions = { readonly signal: AbortSignal; readonly timeout: number };

export interface Server {
  /** Our version, which the server is told. */
  readonly version: string;
  readonly open: () => McpConnection;
  /** Whether a process is started for each connection. */
  readonly isCommand: boolean;
  /** What is remembered of its revision. */
  readonly revision: { get(): Revision | undefined; set(revision: Revision): void; forget(): void };
}

export interface Operation<T> {
  /** Of the whole operation, a second connection included. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** Whether doing it twice does no harm. */
  readonly repeatable: boolean;
  run(client: Client, options: RequestOptions, answer: CallAnswer): Promise<T>;
}

/** What ended an operation, and whether the server may have got the request. */
export class OperationFailure extends Error {
  readonly fault: McpFault;
  readonly sent: boolean;

  constructor(fault: McpFault, sent: boolean) {
    super(fault.code);
    this.fault = fault;
    this.sent = sent;
  }
}

/**
 * One operation: connect, ask, hang up, all before the deadline. Where the first connection failed in a way that a second
 * one can mend without asking twice, there is a second one (`secondTry`). Throws `OperationFailure`.
 */
export async function runOperation<T>(server: Server, operation: Operation<T>): Promise<T> {
  using deadline = startDeadline(operation.limitMs, operation.signal);
  const remembered = server.revision.get();
  const first = await attempt(server, operation, deadline.signal, remembered);
  if (first.ok) return first.value;
  server.revision.forget();
  const again = deadline.signal.aborted ? undefined : secondTry(server, operation, first, remembered);
  if (again === undefined) throw new OperationFailure(first.fault, first.sent);
  const second = await attempt(server, operation, deadline.signal, again.revision);
  if (second.ok) return second.value;
  throw new OperationFailure(second.fault, second.sent);
}

interface Failed {
  readonly ok: false;
  readonly fault: McpFault;
  /** The handshake was over, and something was connected: the request may have arrived. */
  readonly sent: boolean;
  readonly stage: 'connecting' | 'asking';
  /** HTTP 404 for a session that the server itself had given (MCP 2025-11-25, Streamable HTTP, session management). */
  readonly lostSession: boolean;
}

/** A request goes out again only where it is sure not to have been carried out, or does no harm. */
function secondTry(
  server: Server,
  operation: Operation<unknown>,
  failed: Failed,
  remembered: Revision | undefined,
): { readonly revision: Revision | undefined } | undefined {
  if (failed.lostSession) return { revision: { kind: 'legacy' } };
  // The server may have changed since it was last asked.
  const harmless = failed.stage === 'connecting' || operation.repeatable;
  if (remembered !== undefined && harmless) return { revision: undefined };
  // Some servers of 2025 end at a request that they do not know.
  const endedAtProbe =
    server.isCommand && failed.stage === 'connecting' && failed.fault.code === 'command_ended';
  return endedAtProbe ? { revision: { kind: 'legacy' } } : undefined;
}

async function attempt<T>(
  server: Server,
  operation: Operation<T>,
  signal: AbortSignal,
  revision: Revision | undefined,
): Promise<{ readonly ok: true; readonly value: T } | Failed> {
  const connection = server.open();
  const client = newClient(server, operation.limitMs);
  const requests = { signal, timeout: operation.limitMs + 1000 };
  const reached: { stage: Failed['stage'] } = { stage: 'connecting' };
  try {
    const value = await unlessAborted(signal, async () => {
      await client.connect(
        connection.transport,
        revision === undefined ? requests : { ...requests, prior: revision },
      );
      reached.stage = 'asking';
      return operation.run(client, requests, connection.answer);
    });
    server.revision.set(revisionOf(client));
    return { ok: true, value };
  } catch (error) {
    const lostSession =
      error instanceof SdkHttpError && error.status === 404 && connection.transport.sessionId !== undefined;
    const fault = signal.aborted
      ? faultOf(signal.reason, true)
      : (connection.fault ?? faultOf(error, connection.reached));
    const { stage } = reached;
    return { ok: false, fault, stage, sent: stage === 'asking' && connection.reached, lostSession };
  } finally {
    await connection.close(signal.aborted ? 'at once' : 'gently');
  }
}

/** A client that never runs a stranger's schema, answers no questions and gives up probing early. */
function newClient({ version, isCommand }: Server, limitMs: number): Client {
  return new Client(
    { name: 'assent', version },
    {
      // A silent command may be one of 2025 that ignores what it does not know.
      versionNegotiation: {
        mode: 'auto',
        probe: { timeoutMs: isCommand ? Math.min(3000, limitMs / 3) : limitMs + 1000 },
      },
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

/** Aborts with a `McpFault`: `deadline` after `ms`, `stopped` when the caller stops waiting. */
function startDeadline(ms: number, caller: AbortSignal): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new McpFault('stopped'));
  const timer = setTimeout(() => controller.abort(new McpFault('deadline', `${ms / 1000} s`)), ms);
  if (caller.aborted) stop();
  caller.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      caller.removeEventListener('abort', stop);
    },
  };
}
