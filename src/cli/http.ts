import { type IncomingMessage, request } from 'node:http';
import { codeOf, messageOf } from '../lib/errors.ts';
import { Failure } from './exit.ts';

/** A request as it leaves, and the answer as it came. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** How long nothing may come, ms. */
  readonly timeoutMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

export class HttpTimeout extends Error {
  readonly code = 'ETIMEDOUT';
}

/** Not `fetch`, which loads undici, and that takes nearly as long as a whole process; TLS waits until it is asked for. */
const requests: Readonly<Record<string, () => Promise<typeof request>>> = {
  'http:': async () => request,
  'https:': async () => (await import('node:https')).request,
};

/** One request on a connection of its own, which ends with it. Throws what Node throws, and `HttpTimeout`. */
export async function send({ method, url, headers, body, timeoutMs }: HttpRequest): Promise<HttpAnswer> {
  const start = await requests[url.protocol]?.();
  if (start === undefined) throw new TypeError(`no way to ask ${url.protocol}`);
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const sent = start(url, { method, agent: false, headers: { ...headers, ...length } });
  sent.setTimeout(timeoutMs, () => sent.destroy(new HttpTimeout(`nothing came for ${timeoutMs / 1000} s`)));
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  sent.once('response', resolve);
  sent.on('error', reject);
  sent.end(body);
  const message = await promise;
  return { status: message.statusCode ?? 0, body: await read(message) };
}

async function read(message: IncomingMessage): Promise<string> {
  message.setEncoding('utf8');
  let text = '';
  for await (const chunk of message) text += String(chunk);
  return text;
}

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
