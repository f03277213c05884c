import { type IncomingMessage, request } from 'node:http';

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
