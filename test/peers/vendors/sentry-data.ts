// What a Sentry organization holds, as far as the stand-in knows it, and a small one to begin with.

export interface SentryProject {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly platform: string;
}

export interface SentryIssue {
  /** Digits, as all of Sentry's ids are. */
  readonly id: string;
  readonly shortId: string;
  readonly projectId: string;
  readonly title: string;
  readonly culprit: string;
  readonly level: 'error' | 'warning' | 'fatal';
  readonly firstSeen: string;
  readonly lastSeen: string;
  status: string;
  statusDetails: Record<string, unknown>;
  substatus: string | null;
  priority: string;
  /** A member or a team, or nobody. */
  assignedTo: SentryActor | null;
  hasSeen: boolean;
  isBookmarked: boolean;
  isSubscribed: boolean;
  isPublic: boolean;
}

export interface SentryActor {
  readonly type: 'user' | 'team';
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}

export interface SentryEvent {
  /** 32 hexadecimal digits. */
  readonly eventID: string;
  readonly issueId: string;
  readonly projectId: string;
  readonly title: string;
  readonly dateCreated: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

export interface SentryWorld {
  readonly org: { readonly id: string; readonly slug: string; readonly name: string };
  readonly actors: readonly SentryActor[];
  readonly projects: SentryProject[];
  readonly issues: SentryIssue[];
  /** Newest first. */
  readonly events: SentryEvent[];
}

/** The organization `example` with the projects `web` (20 issues) and `api` (10), three events to each issue. */
export function seedSentry(): SentryWorld {
  const projects: SentryProject[] = [
    { id: '101', slug: 'web', name: 'web', platform: 'javascript-react' },
    { id: '102', slug: 'api', name: 'api', platform: 'node' },
  ];
  const actors: SentryActor[] = [
    { type: 'user', id: '1', name: 'Ada Lovelace', email: 'ada@example.com' },
    { type: 'user', id: '2', name: 'Grace Hopper', email: 'grace@example.com' },
    { type: 'team', id: '7', name: 'backend' },
  ];
  const issues = Array.from({ length: 30 }, (_, at) => seedIssue(at, actors));
  const events = issues.flatMap(seedEvents).toSorted((a, b) => b.dateCreated.localeCompare(a.dateCreated));
  return { org: { id: '1', slug: 'example', name: 'Example' }, actors, projects, issues, events };
}

const titles = [
  "TypeError: Cannot read properties of undefined (reading 'id')",
  'TimeoutError: no answer from the payment provider after 30 s',
  'RangeError: Invalid time value',
  'ChunkLoadError: Loading chunk 42 failed',
  'Error: duplicate key value violates unique constraint "users_email_key"',
] as const;
const levels = ['error', 'error', 'warning', 'error', 'fatal'] as const;
const statuses = ['unresolved', 'unresolved', 'unresolved', 'resolved', 'ignored'] as const;

function seedIssue(at: number, actors: readonly SentryActor[]): SentryIssue {
  const isWeb = at < 20;
  const kind = at % titles.length;
  const status = statuses[kind] ?? 'unresolved';
  return {
    id: `${4_500_000_001 + at}`,
    shortId: isWeb ? `WEB-${at + 1}` : `API-${at - 19}`,
    projectId: isWeb ? '101' : '102',
    title: titles[kind] ?? '',
    culprit: isWeb ? 'CheckoutPage(src/checkout)' : 'POST /v1/orders',
    level: levels[kind] ?? 'error',
    firstSeen: hour(at),
    lastSeen: hour(at + 2),
    status,
    statusDetails: {},
    substatus: status === 'unresolved' ? 'ongoing' : null,
    priority: 'medium',
    assignedTo: at % 3 === 0 ? (actors[0] ?? null) : null,
    hasSeen: false,
    isBookmarked: false,
    isSubscribed: false,
    isPublic: false,
  };
}

function seedEvents(issue: SentryIssue, at: number): SentryEvent[] {
  return [0, 1, 2].map((nth) => ({
    eventID: `${at * 3 + nth + 1}`.padStart(32, '0'),
    issueId: issue.id,
    projectId: issue.projectId,
    title: issue.title,
    dateCreated: hour(at + nth),
    tags: [
      { key: 'environment', value: nth === 0 ? 'staging' : 'production' },
      { key: 'level', value: issue.level },
      { key: 'release', value: `shop@1.${nth}.0` },
    ],
  }));
}

function hour(at: number): string {
  return new Date(Date.UTC(2025, 2, 1, 9) + at * 3_600_000).toISOString();
}
