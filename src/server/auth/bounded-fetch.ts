import { unreachable } from './provider-errors.ts';

/** The largest answer of an identity provider that is read: its keys, its metadata, tokens and what it says of a user. */
const mostAnswerBytes = 1024 * 1024;

/** What is asked of a provider, and how: what `openid-client` hands on, or less. */
export type BoundedFetch = (
  url: string,
  request?: Omit<RequestInit, 'signal' | 'redirect'>,
) => Promise<Response>;

/**
 * Asks a provider, which may answer anything, or nothing for ever: until `signal` aborts, up to 1 MiB, and without following where it
 * leads. The answer has arrived whole. Throws `unavailable`, with the reason as its cause.
 */
export function boundedFetch(signal: AbortSignal): BoundedFetch {
  return async (url, request = {}) => {
    try {
      const response = await fetch(url, { ...request, redirect: 'error', signal });
      const { status, headers } = response;
      const isEmpty = response.body === null || bodiless.has(status);
      return new Response(isEmpty ? null : await wholeBody(response.body), { status, headers });
    } catch (cause) {
      throw unreachable(cause);
    }
  };
}

/** A `Response` with such a status takes no body, not even an empty one (Fetch, "null body status"). */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** Leaving the loop early ends the connection. */
async function wholeBody(body: ReadableStream<Uint8Array>): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.byteLength;
    if (bytes > mostAnswerBytes)
      throw new TypeError(`the provider's answer is larger than ${mostAnswerBytes} bytes`);
    parts.push(new Uint8Array(part));
  }
  return new Blob(parts);
}
