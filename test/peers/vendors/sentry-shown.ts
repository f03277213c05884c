// Sentry's resources as its API shows them.
import type { SentryEvent, SentryIssue, SentryProject, SentryWorld } from './sentry-data.ts';

export function showProject(project: SentryProject, { org }: SentryWorld): object {
  return {
    ...project,
    organization: org,
    status: 'active',
    isMember: true,
    hasAccess: true,
    isBookmarked: false,
    features: [],
    teams: [{ id: '7', slug: 'backend', name: 'backend' }],
    dateCreated: '2025-01-01T00:00:00.000Z',
    firstEvent: '2025-03-01T09:00:00.000Z',
  };
}

export function showIssue(issue: SentryIssue, world: SentryWorld, origin: string): object {
  const { projectId, ...rest } = issue;
  const events = eventsOf(issue, world).length;
  return {
    ...rest,
    project: world.projects.find(({ id }) => id === projectId),
    permalink: `${origin}/organizations/${world.org.slug}/issues/${issue.id}/`,
    // Sentry counts events in text, and users in numbers.
    count: `${events}`,
    userCount: events,
    numComments: 0,
    annotations: [],
    isUnhandled: true,
    issueCategory: 'error',
    issueType: 'error',
    logger: null,
    metadata: { type: issue.title.split(':', 1)[0], value: issue.title.split(': ').slice(1).join(': ') },
    platform: 'javascript',
    shareId: null,
    type: 'error',
  };
}

/** An event in a list; `showEvent` has more to say. */
export function listEvent(event: SentryEvent): object {
  const { issueId, projectId, ...rest } = event;
  return {
    ...rest,
    id: event.eventID,
    groupID: issueId,
    projectID: projectId,
    'event.type': 'error',
    message: event.title,
    location: 'src/checkout/total.ts',
    platform: 'javascript',
    user: { id: '17', email: 'customer@example.org', username: null, ip_address: '203.0.113.7' },
  };
}

export function showEvent(event: SentryEvent, { events }: SentryWorld): object {
  // Newest first: the previous event is the one after it in the list.
  const ofIssue = events.filter(({ issueId }) => issueId === event.issueId);
  const at = ofIssue.indexOf(event);
  const [type, ...value] = event.title.split(': ');
  const frame = { filename: 'src/checkout/total.ts', function: 'total', lineNo: 42, colNo: 7, inApp: true };
  const values = [{ type, value: value.join(': '), stacktrace: { frames: [frame] } }];
  return {
    ...listEvent(event),
    dateReceived: event.dateCreated,
    size: 7055,
    errors: [],
    contexts: { browser: { name: 'Firefox', version: '136.0' } },
    context: {},
    sdk: { name: 'sentry.javascript.react', version: '9.5.0' },
    entries: [{ type: 'exception', data: { values } }],
    nextEventID: ofIssue[at - 1]?.eventID ?? null,
    previousEventID: ofIssue[at + 1]?.eventID ?? null,
  };
}

export function eventsOf(issue: SentryIssue, { events }: SentryWorld): SentryEvent[] {
  return events.filter(({ issueId }) => issueId === issue.id);
}
