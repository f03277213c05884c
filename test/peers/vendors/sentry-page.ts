// Sentry's pages: a cursor of three numbers, and a Link header that names the page before and the one after.
import { SentryError } from './sentry-errors.ts';
import type { Answer } from './vendor.ts';

/** Cuts a page out of a list: 25 where nothing else is asked for, and never more than 100. */
export function paginated<Item>(all: readonly Item[], url: URL, show: (item: Item) => unknown): Answer {
  const limit = limitOf(url);
  const from = offsetOf(url, limit);
  const items = all.slice(from, from + limit);
  const page = (rel: string, to: number, isPrevious: 0 | 1, results: boolean): string => {
    const cursor = `0:${to}:${isPrevious}`;
    const target = new URL(url);
    target.searchParams.set('cursor', cursor);
    return `<${target.href}>; rel="${rel}"; results="${results}"; cursor="${cursor}"`;
  };
  const link = [
    page('previous', Math.max(0, from - limit), 1, from > 0),
    page('next', from + limit, 0, from + limit < all.length),
  ].join(', ');
  return { headers: { link, 'x-hits': `${all.length}`, 'x-max-hits': '1000' }, body: items.map(show) };
}

function limitOf({ searchParams }: URL): number {
  const named = searchParams.get('limit') ?? searchParams.get('per_page') ?? '25';
  if (!/^[1-9]\d*$/.test(named)) throw new SentryError(400, { detail: 'Invalid limit parameter.' });
  return Math.min(100, Number(named));
}

/** The middle number of a cursor counts items. */
function offsetOf({ searchParams }: URL, limit: number): number {
  const cursor = searchParams.get('cursor') ?? '0:0:0';
  const offset = /^\d+:(\d+):[01]$/.exec(cursor)?.[1];
  if (offset === undefined || Number(offset) % limit !== 0)
    throw new SentryError(400, { detail: 'Invalid cursor parameter.' });
  return Number(offset);
}
