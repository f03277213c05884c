// Requests as they arrive at a peer, and its answers as they leave.
import type http from 'node:http';

export interface RecordedRequest {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  /** As they came, credentials included: tests look here for where a token went. */
  readonly headers: http.IncomingHttpHeaders;
  /** The body as it came. */
  readonly text: string;
  /** The body decoded: JSON, or the fields of a form; `undefined` where it is neither. */
  readonly body: unknown;
}

/** `body` goes out as JSON; `text` as it is. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly text?: string;
}

export function send(
  response: http.ServerResponse,
  { status = 200, headers = {}, body, text }: Answer,
): void {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, { ...type, ...headers }).end(text ?? JSON.stringify(body));
}

/** Reads a request to its end. */
export async function record(incoming: http.IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const { method = '', url: path = '', headers } = incoming;
  return { method, path, headers, text, body: decode(text, headers['content-type'] ?? '') };
}

function decode(text: string, type: string): unknown {
  if (type.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(text));
  if (!type.startsWith('application/json')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
