// What a Linear workspace holds, as far as the stand-in knows it, and a small one to begin with.

interface Entity {
  readonly id: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly archivedAt: null;
}

export interface LinearTeam extends Entity {
  readonly __typename: 'Team';
  readonly key: string;
  readonly name: string;
  readonly displayName: string;
}

export interface LinearState extends Entity {
  readonly __typename: 'WorkflowState';
  readonly name: string;
  readonly type: 'backlog' | 'unstarted' | 'started' | 'completed' | 'canceled';
  readonly position: number;
  readonly color: string;
  readonly teamId: string;
}

export interface LinearUser extends Entity {
  readonly __typename: 'User';
  readonly name: string;
  readonly displayName: string;
  readonly email: string;
  readonly active: boolean;
  readonly isMe: boolean;
}

export interface LinearLabel extends Entity {
  readonly __typename: 'IssueLabel';
  readonly name: string;
  readonly color: string;
  /** Whose it is; `null` for the workspace's. */
  readonly teamId: string | null;
}

/** The fields that a write may set are open; `null` is Linear's own word for absent. */
export interface LinearIssue extends Entity {
  readonly __typename: 'Issue';
  number: number;
  teamId: string;
  title: string;
  description: string | null;
  /** 0 none, 1 urgent, 2 high, 3 normal, 4 low. */
  priority: number;
  estimate: number | null;
  dueDate: string | null;
  stateId: string;
  assigneeId: string | null;
  readonly creatorId: string;
  labelIds: string[];
  parentId: string | null;
  completedAt: string | null;
}

export interface LinearComment extends Entity {
  readonly __typename: 'Comment';
  readonly body: string;
  readonly issueId: string;
  readonly userId: string;
  readonly parentId: string | null;
}

export interface LinearWorld {
  readonly teams: LinearTeam[];
  readonly states: LinearState[];
  readonly users: LinearUser[];
  readonly labels: LinearLabel[];
  readonly issues: LinearIssue[];
  readonly comments: LinearComment[];
}

/** Two teams, ENG with 20 issues and OPS with 10; Ada is the user whose key it is; ENG-12 has two comments. */
export function seedLinear(): LinearWorld {
  const teams = teamNames.map(
    ([key, name], at): LinearTeam => ({ ...born('Team', at), key, name, displayName: name }),
  );
  const users = userNames.map(
    (name, at): LinearUser => ({
      ...born('User', at),
      name,
      displayName: firstName(name),
      email: `${firstName(name)}@example.com`,
      active: true,
      isMe: at === 0,
    }),
  );
  const labels = labelNames.map(
    ([name, color], at): LinearLabel => ({ ...born('IssueLabel', at), name, color, teamId: null }),
  );
  const states = teams.flatMap((team, teamAt) =>
    stateNames.map(
      ([name, type, color], at): LinearState => ({
        ...born('WorkflowState', teamAt * stateNames.length + at),
        name,
        type,
        color,
        position: at,
        teamId: team.id,
      }),
    ),
  );
  const issues = Array.from({ length: 30 }, (_, at) => seedIssue(at, { teams, users, labels, states }));
  const comments = commentBodies.map(
    (body, at): LinearComment => ({
      ...born('Comment', at),
      body,
      issueId: pick(issues, 11).id,
      userId: pick(users, at + 1).id,
      parentId: null,
    }),
  );
  return { teams, states, users, labels, issues, comments };
}

const teamNames = [
  ['ENG', 'Engineering'],
  ['OPS', 'Operations'],
] as const;
const userNames = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing'] as const;
const labelNames = [
  ['Bug', '#eb5757'],
  ['Feature', '#bb87fc'],
  ['Improvement', '#4ea7fc'],
] as const;
const stateNames = [
  ['Backlog', 'backlog', '#bec2c8'],
  ['Todo', 'unstarted', '#e2e2e2'],
  ['In Progress', 'started', '#f2c94c'],
  ['Done', 'completed', '#5e6ad2'],
  ['Canceled', 'canceled', '#95a2b3'],
] as const;
const titles = [
  'Login button does nothing on Safari',
  'Export invoices as CSV',
  'Password reset mail arrives twice',
  'Show the time zone beside every date',
  'Search ignores umlauts',
  'Uploads above 10 MB time out',
  'Dark mode for the settings page',
  'Webhook retries flood the queue',
  'Remove the old billing page',
  'Rotate the certificates of the staging cluster',
] as const;
const commentBodies = [
  'I can reproduce this on the staging system.',
  'Fixed by the change of yesterday?',
] as const;

type Seeded = Pick<LinearWorld, 'teams' | 'users' | 'labels' | 'states'>;

function seedIssue(at: number, { teams, users, labels, states }: Seeded): LinearIssue {
  const teamAt = at < 20 ? 0 : 1;
  const state = pick(states, teamAt * stateNames.length + (at % stateNames.length));
  const entity = born('Issue', at);
  return {
    ...entity,
    number: at < 20 ? at + 1 : at - 19,
    teamId: pick(teams, teamAt).id,
    title: pick(titles, at),
    description: at % 4 === 0 ? null : `Steps to reproduce:\n\n1. Open the page.\n2. ${pick(titles, at)}.`,
    priority: at % 5,
    estimate: null,
    dueDate: null,
    stateId: state.id,
    assigneeId: at % 4 === 3 ? null : pick(users, at).id,
    creatorId: pick(users, at + 1).id,
    labelIds: at % 2 === 0 ? [pick(labels, at).id] : [],
    parentId: null,
    completedAt: state.type === 'completed' ? entity.updatedAt : null,
  };
}

const kinds = ['Team', 'WorkflowState', 'User', 'IssueLabel', 'Issue', 'Comment'] as const;

/** An id that is a UUID and the same at every start, and times an hour apart. */
function born<Kind extends (typeof kinds)[number]>(
  __typename: Kind,
  at: number,
): Entity & { __typename: Kind } {
  const kind = `${kinds.indexOf(__typename) + 1}`.padStart(8, '0');
  const time = new Date(Date.UTC(2025, 2, 1, 9) + at * 3_600_000).toISOString();
  const id = `${kind}-0000-4000-8000-${`${at + 1}`.padStart(12, '0')}`;
  return { __typename, id, createdAt: time, updatedAt: time, archivedAt: null };
}

function firstName(name: string): string {
  return name.split(' ', 1).join('').toLowerCase();
}

/** Round and round the list. */
function pick<T>(list: readonly T[], at: number): T {
  const item = list[at % list.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}
