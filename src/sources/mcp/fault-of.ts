import {
  InsufficientScopeError,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
} from '@modelcontextprotocol/client';
import { GuardFault } from '../guarded-lookup.ts';
import { causesOf, networkFault } from '../network-fault.ts';
import { cleanText } from './clean-text.ts';
import { McpFault } from './faults.ts';

const bySdkCode: ReadonlyMap<string, 'closed' | 'question'> = new Map([
  [SdkErrorCode.ConnectionClosed, 'closed'],
  [SdkErrorCode.NotConnected, 'closed'],
  [SdkErrorCode.UnsupportedResultType, 'question'],
]);

/** The data of the error that `HttpTransport` puts where a stream ended without an answer; no server can send this very object. */
export const streamEnded: Readonly<Record<string, never>> = Object.freeze({});

/** UTF-16 units of what a server says of its own fault. */
const maxDetail = 500;

/**
 * What a library threw, in our own terms: its message may hold addresses and headers, and is not passed on. `reached` says
 * whether there was a connection at all.
 */
export function faultOf(thrown: unknown, reached: boolean): McpFault {
  const chain = [...causesOf(thrown)];
  const known =
    find(chain, ownFault) ?? find(chain, (link) => broken(link, reached)) ?? find(chain, protocolFault);
  return known ?? (reached ? new McpFault('not_mcp') : new McpFault('unreachable', 'no connection was made'));
}

function find(
  chain: readonly unknown[],
  read: (link: unknown) => McpFault | undefined,
): McpFault | undefined {
  for (const link of chain) {
    const fault = read(link);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function ownFault(link: unknown): McpFault | undefined {
  if (link instanceof GuardFault) return new McpFault(link.code, link.message);
  return link instanceof McpFault ? link : undefined;
}

function broken(link: unknown, reached: boolean): McpFault | undefined {
  const fault = networkFault(link, reached);
  return fault && new McpFault(fault.code, fault.code === 'closed' ? '' : fault.detail);
}

function protocolFault(link: unknown): McpFault | undefined {
  if (link instanceof InsufficientScopeError) return new McpFault('unauthorized', '403');
  if (link instanceof SdkHttpError) return httpFault(link.status);
  if (link instanceof SdkError) {
    const code = bySdkCode.get(link.code);
    return code === undefined ? undefined : new McpFault(code);
  }
  if (link instanceof ProtocolError) {
    if (link.data === streamEnded) return new McpFault('closed');
    return new McpFault('refused', `${cleanText(link.message, maxDetail)} (code ${link.code}).`);
  }
  return undefined;
}

function httpFault(status: number): McpFault {
  if (status === 401 || status === 403) return new McpFault('unauthorized', `${status}`);
  return status === 404 ? new McpFault('not_found') : new McpFault('http', `${status}`);
}
