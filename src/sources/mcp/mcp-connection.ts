import type { Transport } from '@modelcontextprotocol/client';
import type { CallAnswer } from './call-answer.ts';
import { McpFault } from './faults.ts';
import type { LastWords } from './last-words.ts';

/** The connection of one operation to a server, over whatever carries it. */
export interface McpConnection {
  readonly transport: Transport;
  /** Of the call, where one is made. */
  readonly answer: CallAnswer;
  /** What the connection itself knows of why it broke; it knows better than the SDK. */
  readonly fault: McpFault | undefined;
  /** What a local command wrote beside its messages. */
  readonly words?: LastWords;
  /** Whether anything can have reached the server. */
  readonly reached: boolean;
  /** Ends it, after a proper goodbye or at once. When it resolves, nothing of ours runs on the gateway's machine. */
  close(how: 'gently' | 'at once'): Promise<void>;
}

/** Bytes that one operation reads at most. */
export const maxBytes = 10_000_000;

export function tooLarge(bytes: number): McpFault {
  return new McpFault('too_large', `${bytes / 1_000_000} MB`);
}
