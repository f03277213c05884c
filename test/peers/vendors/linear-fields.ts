// What the fields of Linear's types are made of: those of the stored entities that are not stored as they are shown.
import type {
  LinearComment,
  LinearIssue,
  LinearLabel,
  LinearState,
  LinearTeam,
  LinearUser,
  LinearWorld,
} from './linear-data.ts';
import { identifierOf, need, needIssue } from './linear-lookup.ts';
import { type Args, page } from './linear-page.ts';
import { writes } from './linear-writes.ts';
import { asText } from './values.ts';

type Field<Source> = (source: Source, args: Args, world: LinearWorld) => unknown;
type Fields<Source> = Readonly<Record<string, Field<Source>>>;

/** The value of a field, or `undefined` for one that the stand-in does not know. */
export function readField(
  world: LinearWorld,
  typename: string,
  source: Record<string, unknown>,
  field: string,
  args: Args = {},
): unknown {
  const make = types[typename]?.[field];
  // A type's table is only ever given entities of that type.
  return make === undefined ? source[field] : make(source as never, args, world);
}

function connection(world: LinearWorld, nodes: readonly object[], args: Args): unknown {
  return page(nodes, args, (entity, field) =>
    readField(world, asText(entity['__typename']), entity, field, { first: 250 }),
  );
}

const priorities = ['No priority', 'Urgent', 'High', 'Medium', 'Low'] as const;
const site = 'https://linear.app/example';
const organization = { id: '00000007-0000-4000-8000-000000000001', name: 'Example', urlKey: 'example' };

/** What every issue has here, and none has anything in. */
const absent: Fields<LinearIssue> = Object.fromEntries(
  [
    'cycle',
    'project',
    'projectMilestone',
    'delegate',
    'botActor',
    'snoozedBy',
    'favorite',
    'trashed',
    'syncedWith',
  ].map((field) => [field, () => null]),
);

const issue: Fields<LinearIssue> = {
  ...absent,
  identifier: (issue, _args, world) => identifierOf(issue, world),
  url: (issue, _args, world) => `${site}/issue/${identifierOf(issue, world)}`,
  branchName: (issue, _args, world) => `ada/${identifierOf(issue, world).toLowerCase()}`,
  priorityLabel: ({ priority }) => priorities[priority],
  team: ({ teamId }, _args, { teams }) => need(teams, teamId, 'Team'),
  state: ({ stateId }, _args, { states }) => need(states, stateId, 'WorkflowState'),
  creator: ({ creatorId }, _args, { users }) => need(users, creatorId, 'User'),
  assignee: ({ assigneeId }, _args, { users }) =>
    assigneeId === null ? null : need(users, assigneeId, 'User'),
  parent: ({ parentId }, _args, world) => (parentId === null ? null : needIssue(world, parentId)),
  labels: ({ labelIds }, args, world) =>
    connection(
      world,
      world.labels.filter(({ id }) => labelIds.includes(id)),
      args,
    ),
  comments: ({ id }, args, world) =>
    connection(
      world,
      world.comments.filter(({ issueId }) => issueId === id),
      args,
    ),
  children: ({ id }, args, world) =>
    connection(
      world,
      world.issues.filter(({ parentId }) => parentId === id),
      args,
    ),
  reactions: () => [],
  previousIdentifiers: () => [],
  sharedAccess: () => ({
    isShared: false,
    sharedWithCount: 0,
    sharedWithUsers: [],
    disallowedIssueFields: [],
  }),
};

const team: Fields<LinearTeam> = {
  description: () => null,
  states: ({ id }, args, world) =>
    connection(
      world,
      world.states.filter(({ teamId }) => teamId === id),
      args,
    ),
  issues: ({ id }, args, world) =>
    connection(
      world,
      world.issues.filter(({ teamId }) => teamId === id),
      args,
    ),
  issueCount: ({ id }, _args, world) => world.issues.filter(({ teamId }) => teamId === id).length,
  labels: (_team, args, world) => connection(world, world.labels, args),
  members: (_team, args, world) => connection(world, world.users, args),
};

const user: Fields<LinearUser> = {
  organization: () => organization,
  url: ({ displayName }) => `${site}/profiles/${displayName}`,
  teams: (_user, args, world) => connection(world, world.teams, args),
  assignedIssues: ({ id }, args, world) =>
    connection(
      world,
      world.issues.filter(({ assigneeId }) => assigneeId === id),
      args,
    ),
};

const state: Fields<LinearState> = {
  team: ({ teamId }, _args, { teams }) => need(teams, teamId, 'Team'),
  issues: ({ id }, args, world) =>
    connection(
      world,
      world.issues.filter(({ stateId }) => stateId === id),
      args,
    ),
};

const label: Fields<LinearLabel> = {
  team: ({ teamId }, _args, { teams }) => (teamId === null ? null : need(teams, teamId, 'Team')),
  issues: ({ id }, args, world) =>
    connection(
      world,
      world.issues.filter(({ labelIds }) => labelIds.includes(id)),
      args,
    ),
};

const comment: Fields<LinearComment> = {
  url: ({ id, issueId }, _args, world) =>
    `${site}/issue/${identifierOf(needIssue(world, issueId), world)}#comment-${id.slice(-8)}`,
  issue: ({ issueId }, _args, world) => needIssue(world, issueId),
  user: ({ userId }, _args, { users }) => need(users, userId, 'User'),
  parent: ({ parentId }, _args, { comments }) =>
    parentId === null ? null : need(comments, parentId, 'Comment'),
  reactions: () => [],
};

const query: Fields<unknown> = {
  organization: () => organization,
  viewer: (_root, _args, { users }) => users.find(({ isMe }) => isMe),
  issue: (_root, { id }, world) => needIssue(world, id),
  issues: (_root, args, world) => connection(world, world.issues, args),
  searchIssues: (_root, args, world) => search(world, args),
  team: (_root, { id }, { teams }) => teams.find(({ key }) => key === id) ?? need(teams, id, 'Team'),
  teams: (_root, args, world) => connection(world, world.teams, args),
  user: (_root, { id }, { users }) =>
    users.find(({ isMe }) => isMe && id === 'me') ?? need(users, id, 'User'),
  users: (_root, args, world) => connection(world, world.users, args),
  workflowState: (_root, { id }, { states }) => need(states, id, 'WorkflowState'),
  workflowStates: (_root, args, world) => connection(world, world.states, args),
  issueLabel: (_root, { id }, { labels }) => need(labels, id, 'IssueLabel'),
  issueLabels: (_root, args, world) => connection(world, world.labels, args),
  comment: (_root, { id }, { comments }) => need(comments, id, 'Comment'),
  comments: (_root, args, world) => connection(world, world.comments, args),
};

/** Every word of the term, in the title, the description or the identifier. */
function search(world: LinearWorld, args: Args): unknown {
  const { term, teamId, includeComments: _unused, ...rest } = args;
  const words = asText(term).toLowerCase().split(/\s+/);
  const found = world.issues.filter((issue) => {
    const text = `${identifierOf(issue, world)} ${issue.title} ${issue.description ?? ''}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) && (typeof teamId !== 'string' || issue.teamId === teamId)
    );
  });
  const nodes = found.map((issue) => ({ ...issue, __typename: 'IssueSearchResult', metadata: {} }));
  const archivePayload = { archive: '', totalCount: 0, databaseVersion: 1, includesDependencies: [] };
  return Object.assign({ totalCount: nodes.length, archivePayload }, connection(world, nodes, rest));
}

const types: Readonly<Record<string, Fields<never>>> = {
  Query: query,
  Mutation: writes,
  Issue: issue,
  IssueSearchResult: issue,
  Team: team,
  User: user,
  WorkflowState: state,
  IssueLabel: label,
  Comment: comment,
};
