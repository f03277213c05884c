import type { ConnectOptions } from '@modelcontextprotocol/client';
import type { FaultCode, McpFault } from './faults.ts';
import type { LastWords } from './last-words.ts';

/** Which revision of MCP a server speaks, as found when it was last asked; saves asking again. */
export type Revision = NonNullable<ConnectOptions['prior']>;

/** One connection of an operation, by what it takes the server for. */
export interface Try {
  /**
   * `remembered`: what it was when it was last asked. `probing`: it is asked (`server/discover`), and answers within a short patience or
   * counts as silent. `guessed`: an earlier one, since it did not answer that question. `patient`: asked with all the time that there
   * is. `renewed`: an earlier one whose session was lost. `old`: one of 2024, over HTTP with a stream (HTTP+SSE).
   */
  readonly kind: 'remembered' | 'probing' | 'guessed' | 'patient' | 'renewed' | 'old';
  readonly revision: Revision | undefined;
}

export interface Failed {
  readonly ok: false;
  readonly fault: McpFault;
  readonly words: LastWords | undefined;
  /** The handshake was over, and something was connected: the request may have arrived. */
  readonly sent: boolean;
  /** What was under way: the question which revision it speaks, the rest of the handshake, or the request. */
  readonly stage: 'probing' | 'greeting' | 'asking';
  /**
   * HTTP 404 for a session that the server itself had given (MCP 2025-11-25, Streamable HTTP, session management), with nothing or an error
   * of MCP's as its body: what a server hands on from behind it says nothing of the session.
   */
  readonly lostSession: boolean;
  /** HTTP 404 or 405. */
  readonly noSuchRequest: boolean;
}

const legacy: Revision = { kind: 'legacy' };

/** What ends a connection however it is begun. */
const hopeless: ReadonlySet<FaultCode> = new Set([
  'unreachable',
  'private_address',
  'proxy',
  'certificate',
  'redirect',
  'too_large',
  'command_missing',
]);
/** How a server says that it does not know `initialize`. */
const notOfThePast: ReadonlySet<FaultCode> = new Set(['refused', 'http', 'not_mcp']);

export function firstTry(remembered: Revision | undefined): Try {
  return remembered === undefined
    ? { kind: 'probing', revision: undefined }
    : { kind: 'remembered', revision: remembered };
}

/**
 * The connection to make after one that failed; `undefined` where there is none that could mend it. A request goes out again
 * only where it is sure not to have been carried out, or does no harm (`repeatable`). Each kind of try comes once at most.
 */
export function nextTry(
  made: Try,
  failed: Failed,
  { repeatable, isOfHttp }: { readonly repeatable: boolean; readonly isOfHttp: boolean },
): Try | undefined {
  const harmless = failed.stage !== 'asking' || repeatable;
  if (failed.lostSession) return made.kind === 'renewed' ? undefined : { kind: 'renewed', revision: legacy };
  // The server may have changed since it was last asked.
  if (made.kind === 'remembered') return harmless ? { kind: 'probing', revision: undefined } : undefined;
  // Servers of 2025, and what stands in front of them, meet a method that they do not know with silence, any HTTP status, or their end.
  if (made.kind === 'probing' && failed.stage === 'probing' && !hopeless.has(failed.fault.code))
    return { kind: 'guessed', revision: legacy };
  // It takes no message at its address (MCP 2025-11-25, Streamable HTTP, backwards compatibility).
  if (isOfHttp && made.kind !== 'old' && failed.stage === 'greeting' && failed.noSuchRequest)
    return { kind: 'old', revision: legacy };
  // It is none of 2025: it was slow.
  if (made.kind === 'guessed' && failed.stage === 'greeting' && notOfThePast.has(failed.fault.code))
    return { kind: 'patient', revision: undefined };
  return undefined;
}
