import {
  InsufficientScopeError,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
} from '@modelcontextprotocol/client';
import { codeOf } from '../../lib/errors.ts';
import { cleanText } from './clean-text.ts';
import { McpFault } from './faults.ts';

/** Codes of Node under which a connection does not come to be, or breaks. */
const unreachable: ReadonlySet<string> = new Set(
  'ECONNREFUSED ECONNRESET EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN ETIMEDOUT EPROTO ERR_SSL_WRONG_VERSION_NUMBER'.split(
    ' ',
  ),
);
const certificate = /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_|UNABLE_TO_)/;

const bySdkCode: ReadonlyMap<string, 'closed' | 'question'> = new Map([
  [SdkErrorCode.ConnectionClosed, 'closed'],
  [SdkErrorCode.NotConnected, 'closed'],
  [SdkErrorCode.UnsupportedResultType, 'question'],
]);

/** The data of the error that `HttpTransport` puts where a stream ended without an answer; no server can send this very object. */
export const streamEnded: Readonly<Record<string, never>> = Object.freeze({});

const maxDetail = 500;

/**
 * What a library threw, in our own terms: its message may hold addresses and headers, and is not passed on. `reached` says
 * whether there was a connection at all.
 */
export function faultOf(thrown: unknown, reached: boolean): McpFault {
  const chain = [...causes(thrown)];
  const known =
    find(chain, ownFault) ?? find(chain, (link) => networkFault(link, reached)) ?? find(chain, protocolFault);
  return known ?? (reached ? new McpFault('not_mcp') : new McpFault('unreachable', 'no connection was made'));
}

/** An error and what caused it; hostile libraries aside, a few links. */
function* causes(thrown: unknown): Generator {
  let link = thrown;
  for (let depth = 0; depth < 8 && link instanceof Error; depth += 1) {
    yield link;
    link = link.cause;
  }
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
  return link instanceof McpFault ? link : undefined;
}

/** The same codes come before and after a connection was made. */
function networkFault(link: unknown, reached: boolean): McpFault | undefined {
  const code = codeOf(link) ?? '';
  if (certificate.test(code)) return new McpFault('certificate', code);
  if (!unreachable.has(code) && !code.startsWith('UND_ERR_')) return undefined;
  return reached ? new McpFault('closed') : new McpFault('unreachable', code);
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
