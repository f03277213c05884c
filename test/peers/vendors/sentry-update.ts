// What `PUT` may change about a Sentry issue. Everything is looked at before anything is stored.
import type { SentryActor, SentryIssue, SentryWorld } from './sentry-data.ts';
import { SentryError } from './sentry-errors.ts';
import { isRecord } from './values.ts';

/** Changes an issue, or refuses with a list of complaints for each field that is wrong. */
export function updateIssue(issue: SentryIssue, body: unknown, world: SentryWorld): void {
  if (!isRecord(body)) throw new SentryError(400, { detail: 'JSON parse error - an object is expected' });
  const changes: Partial<SentryIssue>[] = [];
  const wrong: Record<string, string[]> = {};
  for (const [field, value] of Object.entries(body)) {
    // Fields that Sentry does not know it passes over.
    const change = settable[field]?.(value, world);
    if (typeof change === 'string') wrong[field] = [change];
    else if (change !== undefined) changes.push(change);
  }
  if (Object.keys(wrong).length > 0) throw new SentryError(400, wrong);
  Object.assign(issue, ...changes);
}

/** A change, or what is wrong with the value. */
type Set = (value: unknown, world: SentryWorld) => Partial<SentryIssue> | string;

const settable: Readonly<Record<string, Set>> = {
  status(value) {
    if (typeof value !== 'string') return 'Not a valid string.';
    return statuses[value] ?? `"${value}" is not a valid choice.`;
  },
  statusDetails: (value) => (isRecord(value) ? { statusDetails: value } : 'Expected a dictionary.'),
  priority: (value) =>
    typeof value === 'string' && ['low', 'medium', 'high'].includes(value)
      ? { priority: value }
      : `"${JSON.stringify(value)}" is not a valid choice.`,
  assignedTo(value, { actors }) {
    if (value === '' || value === null) return { assignedTo: null };
    const assignedTo = actors.find((actor) => namesOf(actor).includes(value));
    return assignedTo === undefined ? 'Unknown actor input' : { assignedTo };
  },
  ...Object.fromEntries(
    ['hasSeen', 'isBookmarked', 'isSubscribed', 'isPublic'].map((field): [string, Set] => [
      field,
      (value) => (typeof value === 'boolean' ? { [field]: value } : 'Must be a valid boolean.'),
    ]),
  ),
};

const statuses: Readonly<Record<string, Partial<SentryIssue>>> = {
  resolved: { status: 'resolved', substatus: null },
  resolvedInNextRelease: { status: 'resolved', substatus: null, statusDetails: { inNextRelease: true } },
  unresolved: { status: 'unresolved', substatus: 'ongoing', statusDetails: {} },
  ignored: { status: 'ignored', substatus: 'archived_until_escalating' },
};

function namesOf({ type, id, email, name }: SentryActor): unknown[] {
  return [`${type}:${id}`, type === 'user' ? email : `#${name}`, ...(type === 'user' ? [id] : [])];
}
