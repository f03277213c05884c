// Sentry's search language, as far as the stand-in knows it: `is:`, `assigned:`, `level:`, `project:`, `issue:`, `!` for not,
// and words for the rest.
import type { SentryIssue, SentryWorld } from './sentry-data.ts';
import { SentryError } from './sentry-errors.ts';

/** The issues that a query and a list of project ids leave, last seen first. */
export function searchIssues(
  world: SentryWorld,
  query: string,
  projectIds: readonly string[],
): SentryIssue[] {
  const terms = [...query.matchAll(/(!?)(?:([\w.]+):)?(?:"([^"]*)"|(\S+))/g)].map(
    ([, not, key, quoted, plain = '']) => ({ wanted: not === '', key, value: quoted ?? plain }),
  );
  return world.issues
    .filter(({ projectId }) => projectIds.length === 0 || projectIds.includes(projectId))
    .filter((issue) => terms.every(({ wanted, key, value }) => holds(issue, world, key, value) === wanted))
    .toSorted((a, b) => b.lastSeen.localeCompare(a.lastSeen));
}

type Holds = (issue: SentryIssue, value: string, world: SentryWorld) => boolean;

function holds(issue: SentryIssue, world: SentryWorld, key: string | undefined, value: string): boolean {
  if (key === undefined) return `${issue.title} ${issue.culprit}`.toLowerCase().includes(value.toLowerCase());
  const test = keys[key];
  if (test === undefined)
    throw new SentryError(400, { detail: `Error parsing search query: the stand-in does not know ${key}:` });
  return test(issue, value, world);
}

const keys: Readonly<Record<string, Holds>> = {
  is(issue, value) {
    const test = states[value];
    if (test === undefined)
      throw new SentryError(400, {
        detail: `Error parsing search query: Invalid value for "is" search, valid values are ${Object.keys(states).join(', ')}`,
      });
    return test(issue);
  },
  assigned: (issue, value) => isAssigned(issue, value),
  assigned_or_suggested: (issue, value) => isAssigned(issue, value),
  level: ({ level }, value) => level === value,
  issue: ({ shortId }, value) => shortId.toLowerCase() === value.toLowerCase(),
  project: ({ projectId }, value, { projects }) =>
    projects.some(({ id, slug }) => id === projectId && (slug === value || id === value)),
};

const states: Readonly<Record<string, (issue: SentryIssue) => boolean>> = {
  resolved: ({ status }) => status === 'resolved',
  unresolved: ({ status }) => status === 'unresolved',
  ignored: ({ status }) => status === 'ignored',
  archived: ({ status }) => status === 'ignored',
  assigned: ({ assignedTo }) => assignedTo !== null,
  unassigned: ({ assignedTo }) => assignedTo === null,
};

/** `me` is the first member, whose the token is. */
function isAssigned({ assignedTo }: SentryIssue, value: string): boolean {
  if (value === 'none') return assignedTo === null;
  if (value === 'me') return assignedTo?.type === 'user' && assignedTo.id === '1';
  return assignedTo !== null && [assignedTo.email, `#${assignedTo.name}`].includes(value);
}
