import type { ErrorCode } from '../../src/contract/errors.ts';
import type { Access, RouteScope } from '../../src/server/access.ts';
import type { World } from './world.ts';

/** What a route refuses, apart from what follows from who may use it. */
export interface Route {
  readonly who: Access;
  /** Which scope a person's token must have; said of every route that takes people. */
  readonly scope?: RouteScope;
  /** What its path's parameters are in a world. */
  readonly at?: Readonly<Record<string, (world: World) => string>>;
  /** What is said of an id that nothing has, or that belongs to another organization, per parameter. */
  readonly gone?: Readonly<Record<string, string>>;
  /** A JSON body that is taken; absent where none is read. */
  readonly body?: object;
  /** The route does without a body as well. */
  readonly mayBeEmpty?: true;
  /** What it gives lets a browser in, which has every scope: one alone is not enough. */
  readonly opensBrowser?: true;
  /** It answers no list, though it names no one thing. */
  readonly listsNothing?: true;
  readonly invalid?: readonly Invalid[];
  /** For the rest, each said out. */
  readonly refuses?: readonly Refusal[];
}

export interface Invalid {
  readonly part: 'body' | 'querystring' | 'params' | 'headers';
  readonly body?: unknown;
  readonly query?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path: string;
  readonly says: string;
}

export interface Refusal {
  readonly what: string;
  readonly query?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly params?: Readonly<Record<string, string>>;
  readonly status: number;
  /** Absent where a page or better-auth answers. */
  readonly code?: ErrorCode;
  readonly says: string;
}

export const body = (value: unknown, path: string, says: string): Invalid => ({
  part: 'body',
  body: value,
  path,
  says,
});
export const query = (text: string, path: string, says: string): Invalid => ({
  part: 'querystring',
  query: text,
  path,
  says,
});
export const param = (params: Record<string, string>, path: string, says: string): Invalid => ({
  part: 'params',
  params,
  path,
  says,
});

export const unknownKey = 'Unrecognized key: "surplus"';
const notObject = 'Invalid input: expected object, received array';
export const notString = 'Invalid input: expected string, received number';
export const noName = 'Invalid input: expected string, received undefined';
/** What every closed body refuses. */
export const strict = (valid: object): Invalid[] => [
  body({ ...valid, surplus: 1 }, '', unknownKey),
  body([], '', notObject),
];
/** What no name of a thing may be. */
export const names = (valid: object): Invalid[] => [
  body({ ...valid, name: 1 }, '/name', notString),
  body({ ...valid, name: ' ' }, '/name', 'a name has at least one character'),
  body({ ...valid, name: 'x'.repeat(101) }, '/name', 'a name has at most 100 characters'),
  body({ ...valid, name: 'a\u0000b' }, '/name', 'a name holds no control characters'),
];
