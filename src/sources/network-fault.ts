import { codeOf } from '../lib/errors.ts';

/** Codes of Node under which a connection does not come to be, or breaks. */
const unreachable: ReadonlySet<string> = new Set(
  'ECONNREFUSED ECONNRESET EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN ETIMEDOUT EPROTO ERR_SSL_WRONG_VERSION_NUMBER'.split(
    ' ',
  ),
);
const certificate = /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_|UNABLE_TO_)/;

export interface NetworkFault {
  readonly code: 'certificate' | 'closed' | 'unreachable';
  /** Node's own code. */
  readonly detail: string;
}

/** What a library's error says of the network. The same codes come before and after a connection was made: `reached` tells. */
export function networkFault(thrown: unknown, reached: boolean): NetworkFault | undefined {
  const code = codeOf(thrown) ?? '';
  if (certificate.test(code)) return { code: 'certificate', detail: code };
  if (!unreachable.has(code) && !code.startsWith('UND_ERR_')) return undefined;
  return reached ? { code: 'closed', detail: code } : { code: 'unreachable', detail: code };
}

/** An error and what caused it; hostile libraries aside, a few links. */
export function* causesOf(thrown: unknown): Generator {
  let link = thrown;
  for (let depth = 0; depth < 8 && link instanceof Error; depth += 1) {
    yield link;
    link = link.cause;
  }
}
