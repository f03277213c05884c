import type { SourceAction } from '../../src/contract/sources.ts';

export interface Change {
  /** A JSON pointer (RFC 6901); `""` is the whole. */
  readonly path: string;
  /** What stood there; absent where nothing did. */
  readonly before?: unknown;
  /** What stands there now; absent where nothing does. */
  readonly after?: unknown;
}

/** What differs between two JSON values, member by member; a list counts as one value where its length has changed. */
export function changesBetween(before: unknown, after: unknown, path = ''): Change[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
    return names.flatMap((name) => memberChanges(before, after, name, `${path}/${escaped(name)}`));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => changesBetween(item, after[index], `${path}/${index}`));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

type JsonObject = Readonly<Record<string, unknown>>;

function memberChanges(before: JsonObject, after: JsonObject, name: string, path: string): Change[] {
  if (!Object.hasOwn(before, name)) return [{ path, after: after[name] }];
  if (!Object.hasOwn(after, name)) return [{ path, before: before[name] }];
  return changesBetween(before[name], after[name], path);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

export type ReviewedAction = Pick<SourceAction, 'description' | 'params' | 'reviewed'>;

/**
 * What differs from what somebody looked at when they reviewed an action: all of its parameters, also what does not count as
 * drift (`contract/connectors`), and its own description. `undefined` where nobody has, or what they saw was not kept.
 */
export function changesSinceReview({
  description,
  params,
  reviewed,
}: ReviewedAction): readonly Change[] | undefined {
  if (reviewed === null) return undefined;
  return changesBetween(
    { description: reviewed.description, parameters: reviewed.params },
    { description, parameters: params },
  );
}
