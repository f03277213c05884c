import type { ErrorBody } from '../contract/errors.ts';
import type { Invocation } from '../contract/invocation.ts';
import { isJsonObject } from '../lib/json.ts';
import type { Secret } from '../lib/secret.ts';
import { version } from '../lib/version.ts';
import { Failure } from './exit.ts';
import { type HttpAnswer, notAssent, send, unreachable } from './http.ts';

/** How long most answers may take. What runs an action takes as long as the action does. */
const usualMs = 30_000;
/** How long an answer may take that runs an action, or starts a server: longer than a connector may be given (`longestConnectorMs`). */
export const actionMs = 1_100_000;

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** A gateway, asked as the holder of the token. */
export class Client {
  /** Without a slash at the end. */
  readonly url: string;
  readonly #token: Secret | undefined;

  constructor(url: string, token: Secret | undefined) {
    this.url = url.replace(/\/+$/, '');
    this.#token = token;
  }

  get<T>(path: string, options?: CallOptions): Promise<T> {
    return this.#call('GET', path, options);
  }

  post<T>(path: string, options?: CallOptions): Promise<T> {
    return this.#call('POST', path, options);
  }

  put<T>(path: string, options?: CallOptions): Promise<T> {
    return this.#call('PUT', path, options);
  }

  patch<T>(path: string, options?: CallOptions): Promise<T> {
    return this.#call('PATCH', path, options);
  }

  delete<T>(path: string): Promise<T> {
    return this.#call('DELETE', path);
  }

  /** Where a WebSocket of this gateway is opened, and what is sent along. */
  webSocket(path: string): { url: string; headers: Readonly<Record<string, string>> } {
    return { url: this.url.replace(/^http/i, 'ws') + path, headers: this.#usualHeaders() };
  }

  /** Throws `Failure`: `unreachable` where no gateway answers, else the code that it answers with. */
  async #call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    const answer = await this.#send(method, path, options);
    const body = parsed(answer);
    // The gateway checks its answers against the contract that T is a type of.
    if (answer.status >= 200 && answer.status < 300 && body !== undefined) return body as T;
    throw this.#failure(answer.status, body);
  }

  async #send(
    method: string,
    path: string,
    { body, headers, timeoutMs = usualMs }: CallOptions,
  ): Promise<HttpAnswer> {
    const all = {
      accept: 'application/json',
      ...this.#usualHeaders(),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    };
    try {
      const text = body === undefined ? undefined : JSON.stringify(body);
      return await send({ method, url: new URL(this.url + path), headers: all, body: text, timeoutMs });
    } catch (cause) {
      throw unreachable(this.url, cause);
    }
  }

  #usualHeaders(): Readonly<Record<string, string>> {
    return {
      'user-agent': `assent/${version}`,
      ...(this.#token !== undefined && { authorization: `Bearer ${this.#token.reveal()}` }),
    };
  }

  #failure(status: number, body: unknown): Failure {
    if (!isErrorBody(body)) return notAssent(this.url, status);
    const { code, message, issues, differs } = body.error;
    return new Failure(code, message, { issues, differs, invocation: body.invocation });
  }
}

/** A path with each value in it percent-encoded. */
export function at(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw({ raw: parts }, ...values.map(encodeURIComponent));
}

/** A query of what is there. */
export function query(values: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? '' : `?${search.toString()}`;
}

/** An empty body is `null`; what is no JSON `undefined`. */
function parsed({ body, status }: HttpAnswer): unknown {
  if (body === '') return status === 204 ? null : undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isErrorBody(body: unknown): body is ErrorBody & { invocation?: Invocation } {
  if (!isJsonObject(body) || !isJsonObject(body.error)) return false;
  return typeof body.error.code === 'string' && typeof body.error.message === 'string';
}
