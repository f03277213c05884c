import assert from 'node:assert/strict';
import { noteSecret, secretOf } from './page-secrets.ts';

/** An HTTP client with cookies: it keeps cookies for each site, for as long as they say, and goes where it is sent. */
export interface CookieClient {
  /** One step; nothing is followed. */
  go(url: string, init?: { method?: string; form?: Record<string, string>; origin?: string }): Promise<Step>;
  /** Goes on through redirects and pages that refresh themselves, for as long as `onward` says so. */
  follow(from: Step, onward?: (url: URL) => boolean): Promise<Step>;
  /** The `cookie` header for a site. */
  cookies(origin: string): string;
  setCookies(origin: string, cookies: readonly string[]): void;
}

export interface Step {
  readonly url: URL;
  readonly status: number;
  readonly body: string;
  readonly setCookies: string[];
  /** Where it leads, if anywhere. */
  readonly next: URL | undefined;
}

interface Cookie {
  readonly value: string;
  /** Milliseconds. */
  readonly until: number;
}

export function newCookieClient(): CookieClient {
  const jars = new Map<string, Map<string, Cookie>>();
  const jarOf = (origin: string) => {
    const jar = jars.get(origin) ?? new Map<string, Cookie>();
    jars.set(origin, jar);
    return jar;
  };
  const cookies = (origin: string) =>
    [...jarOf(origin)]
      .filter(([, { until }]) => until > Date.now())
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  const setCookies = (origin: string, lines: readonly string[]) => {
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const seconds = /;\s*max-age=(\d+)/i.exec(line)?.[1] ?? 'Infinity';
      if (value === '') jarOf(origin).delete(name);
      else jarOf(origin).set(name, { value, until: Date.now() + Number(seconds) * 1000 });
    }
  };
  const go: CookieClient['go'] = async (address, { method = 'GET', form, origin } = {}) => {
    const url = new URL(address);
    const cookie = cookies(url.origin);
    const secret = secretOf(cookie);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie !== '' && { cookie }),
        ...(secret !== undefined && { 'x-assent-page': secret }),
        ...(origin !== undefined && { origin }),
      },
      ...(form && { body: new URLSearchParams(form) }),
    });
    const body = await response.text();
    const lines = response.headers.getSetCookie();
    setCookies(url.origin, lines);
    noteSecret(lines, body);
    return {
      url,
      status: response.status,
      body,
      setCookies: lines,
      next: nextOf(url, response.headers, body),
    };
  };
  const follow: CookieClient['follow'] = async (from, onward = () => true) => {
    let step = from;
    for (let count = 0; step.next !== undefined && onward(step.next); count++) {
      assert.ok(count < 20, `it goes round in circles at ${step.next.href}`);
      step = await go(step.next.href);
    }
    return step;
  };
  return { go, follow, cookies, setCookies };
}

function nextOf(url: URL, headers: Headers, body: string): URL | undefined {
  const refresh = /<meta http-equiv="refresh" content="0;url=([^"]*)">/.exec(body)?.[1];
  const onward = /<a class="button" id="next" href="([^"]*)"/.exec(body)?.[1];
  const target =
    headers.get('location') ?? (refresh ?? onward)?.replaceAll('&amp;', '&').replaceAll('&#39;', "'");
  return target === undefined ? undefined : new URL(target, url);
}
