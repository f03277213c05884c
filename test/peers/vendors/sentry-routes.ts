// The paths of Sentry's API that the stand-in has, below `/api/0`. A path that names what is not there is a 404.
import type { SentryIssue, SentryProject, SentryWorld } from './sentry-data.ts';
import { notFound, SentryError } from './sentry-errors.ts';
import { paginated } from './sentry-page.ts';
import { searchIssues } from './sentry-search.ts';
import { eventsOf, listEvent, showEvent, showIssue, showProject } from './sentry-shown.ts';
import { updateIssue } from './sentry-update.ts';
import { asText } from './values.ts';
import type { Answer } from './vendor.ts';

interface Ask {
  readonly world: SentryWorld;
  readonly url: URL;
  readonly body: unknown;
  /** What stands in the path for `{org}`, `{project}`, `{issue}` and `{event}`. */
  readonly names: Readonly<Record<string, string>>;
}

type Route = (ask: Ask) => Answer;

/** Answers a request that has been authorized; throws `SentryError` where Sentry refuses. */
export function route(method: string, url: URL, body: unknown, world: SentryWorld): Answer {
  for (const { pattern, methods } of routes) {
    const names = pattern.exec(url.pathname)?.groups;
    if (names === undefined) continue;
    if (names['org'] !== undefined && ![world.org.slug, world.org.id].includes(names['org']))
      throw notFound();
    const answer = methods[method];
    if (answer === undefined) throw new SentryError(405, { detail: `Method "${method}" not allowed.` });
    return answer({ world, url, body, names });
  }
  throw notFound();
}

const issue: Readonly<Record<string, Route>> = {
  GET: (ask) => ({ body: showIssue(needIssue(ask), ask.world, ask.url.origin) }),
  PUT(ask) {
    const found = needIssue(ask);
    updateIssue(found, ask.body, ask.world);
    return { body: showIssue(found, ask.world, ask.url.origin) };
  },
};

const issueEvents: Readonly<Record<string, Route>> = {
  GET: (ask) =>
    paginated(eventsOf(needIssue(ask), ask.world), ask.url, (event) =>
      ask.url.searchParams.has('full') ? showEvent(event, ask.world) : listEvent(event),
    ),
};

const issueEvent: Readonly<Record<string, Route>> = { GET: (ask) => getIssueEvent(ask) };

const routes = [
  at('organizations/{org}/projects', {
    GET: ({ world, url }) => paginated(world.projects, url, (project) => showProject(project, world)),
  }),
  at('organizations/{org}/issues', { GET: (ask) => listIssues(ask, projectIds(ask)) }),
  at('projects/{org}/{project}/issues', { GET: (ask) => listIssues(ask, [needProject(ask).id]) }),
  at('organizations/{org}/issues/{issue}', issue),
  at('issues/{issue}', issue),
  at('organizations/{org}/issues/{issue}/events', issueEvents),
  at('issues/{issue}/events', issueEvents),
  at('organizations/{org}/issues/{issue}/events/{event}', issueEvent),
  at('issues/{issue}/events/{event}', issueEvent),
  at('projects/{org}/{project}/events/{event}', { GET: (ask) => getProjectEvent(ask) }),
];

function at(path: string, methods: Readonly<Record<string, Route>>) {
  const pattern = path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return { pattern: new RegExp(`^/api/0/${pattern}/$`), methods };
}

/** Without a query Sentry shows what is unresolved; an empty one shows everything. */
function listIssues({ world, url }: Ask, projects: readonly string[]): Answer {
  const query = url.searchParams.get('query') ?? 'is:unresolved';
  return paginated(searchIssues(world, query, projects), url, (issue) => showIssue(issue, world, url.origin));
}

function projectIds({ world, url }: Ask): string[] {
  const named = url.searchParams.getAll('project');
  if (named.some((id) => !/^-?\d+$/.test(id)))
    throw new SentryError(400, { detail: 'Invalid project parameter. Values must be numbers.' });
  if (named.includes('-1')) return [];
  if (named.some((id) => !world.projects.some((project) => project.id === id)))
    throw new SentryError(403, { detail: 'You do not have permission to perform this action.' });
  return named;
}

function getIssueEvent(ask: Ask): Answer {
  const events = eventsOf(needIssue(ask), ask.world);
  const named = asText(ask.names['event']);
  const nth: Readonly<Record<string, number>> = { latest: 0, recommended: 0, oldest: -1 };
  const event = named in nth ? events.at(nth[named] ?? 0) : events.find(({ eventID }) => eventID === named);
  if (event === undefined) throw notFound();
  return { body: showEvent(event, ask.world) };
}

function getProjectEvent(ask: Ask): Answer {
  const { id } = needProject(ask);
  const named = asText(ask.names['event']).replaceAll('-', '');
  const event = ask.world.events.find(({ projectId, eventID }) => projectId === id && eventID === named);
  if (event === undefined) throw notFound();
  return { body: showEvent(event, ask.world) };
}

/** By its id, or, below an organization, by its short one as `WEB-3`. */
function needIssue({ world, names }: Ask): SentryIssue {
  const found = world.issues.find(
    ({ id, shortId }) => id === names['issue'] || (names['org'] !== undefined && shortId === names['issue']),
  );
  if (found === undefined) throw notFound();
  return found;
}

function needProject({ world, names }: Ask): SentryProject {
  const found = world.projects.find(({ id, slug }) => slug === names['project'] || id === names['project']);
  if (found === undefined) throw notFound();
  return found;
}
