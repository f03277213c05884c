import { type Filters, periods } from '../api/filters.ts';
import { statuses } from '../ui/words.ts';

/** From an address that anybody may have written: what makes no sense is left out. */
export function readFilters(search: Readonly<Record<string, unknown>>): Filters {
  const from = moment(search.from);
  const to = moment(search.to);
  const hasRange = from !== undefined || to !== undefined;
  return present({
    status: keyOf(statuses, search.status),
    sourceId: matching(search.sourceId, line),
    sessionId: matching(search.sessionId, uuid),
    last: hasRange ? undefined : keyOf(periods, search.last),
    from,
    to: from !== undefined && to !== undefined && to <= from ? undefined : to,
    text: matching(search.text, line),
  });
}

/** As the gateway takes them (`contract/history`). */
const line = /^\P{Cc}+$/u;
const longest = 200;

/** What the gateway gives its ids. */
export const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

export function isNarrowed(filters: Filters): boolean {
  return Object.keys(filters).length > 0;
}

type Optional = { readonly [Name in keyof Filters]-?: Filters[Name] | undefined };

/** Filters with one or several changed; `undefined` takes one away. */
export function changed(filters: Filters, change: Partial<Optional>): Filters {
  return present({ ...none, ...filters, ...change });
}

/** What a part of the filters is given: what there is, and how to change it. */
export interface FilterProps {
  readonly filters: Filters;
  readonly change: (next: Partial<Optional>) => void;
}

const none: Optional = {
  status: undefined,
  sourceId: undefined,
  sessionId: undefined,
  last: undefined,
  from: undefined,
  to: undefined,
  text: undefined,
};

function present(filters: Optional): Filters {
  // Only members that are there are left, which is what the optional ones say.
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as Filters;
}

function keyOf<Table extends object>(table: Table, value: unknown): keyof Table | undefined {
  // Of a table without a prototype's members, its own key.
  return typeof value === 'string' && Object.hasOwn(table, value) ? (value as keyof Table) : undefined;
}

/** The router reads `?text=42` as a number, which is what somebody looks for all the same. */
function matching(value: unknown, form: RegExp): string | undefined {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof text === 'string' && text.length <= longest && form.test(text) ? text : undefined;
}

const isoForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

function moment(value: unknown): string | undefined {
  if (typeof value !== 'string' || !isoForm.test(value)) return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) || ms < 0 ? undefined : new Date(ms).toISOString();
}
