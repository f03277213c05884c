import { codeOf, messageOf } from '../lib/errors.ts';
import { Failure } from './exit.ts';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name cannot be looked up at present',
  ETIMEDOUT: 'it does not answer in time',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is self-signed; NODE_EXTRA_CA_CERTS names a file with more to trust',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is signed by an authority that is not known here; NODE_EXTRA_CA_CERTS names a file with more to trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that is not known here',
  CERT_HAS_EXPIRED: 'its certificate has run out',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  EPROTO: 'it does not speak https',
};

const advice = 'Start one with `assent up`, or log in to another with `assent login <url>`.';

/** Nothing came back. */
export function unreachable(url: string, cause: unknown): Failure {
  const reason = reasons[codeOf(cause) ?? ''] ?? messageOf(cause);
  return new Failure('unreachable', `No gateway answers at ${url}: ${reason}. ${advice}`, { cause });
}

/** Something came back that no gateway says. */
export function notAssent(url: string, status: number): Failure {
  return new Failure(
    'unreachable',
    `What answers at ${url} (with HTTP ${status}) is not an Assent gateway. Check the address.`,
  );
}
