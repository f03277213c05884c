// Linear's mutations, as far as the stand-in has them: creating and changing an issue, and commenting on one.
import { randomUUID } from 'node:crypto';
import type { LinearComment, LinearIssue, LinearWorld } from './linear-data.ts';
import { entityNotFound, inputError } from './linear-errors.ts';
import { need, needIssue } from './linear-lookup.ts';
import type { Args } from './linear-page.ts';
import { isRecord } from './values.ts';

type Write = (root: unknown, args: Args, world: LinearWorld) => unknown;

export const writes: Readonly<Record<string, Write>> = {
  issueCreate: (_root, { input }, world) => ({ ...done, issue: createIssue(asInput(input), world) }),
  issueUpdate: (_root, { id, input }, world) => ({
    ...done,
    issue: changeIssue(needIssue(world, id), asInput(input), world),
  }),
  commentCreate: (_root, { input }, world) => ({ ...done, comment: createComment(asInput(input), world) }),
};

const done = { success: true, lastSyncId: 1 };

type Input = Readonly<Record<string, unknown>>;

function createIssue({ id, teamId, ...rest }: Input, world: LinearWorld): LinearIssue {
  const team = need(world.teams, teamId, 'Team');
  if (typeof rest['title'] !== 'string') throw invalid('title must be a string');
  const first = world.states.find((state) => state.teamId === team.id);
  const me = world.users.find(({ isMe }) => isMe);
  if (first === undefined || me === undefined) throw new Error('this workspace has no states or no users');
  const blank: LinearIssue = {
    ...born(world.issues, id),
    __typename: 'Issue',
    number:
      Math.max(0, ...world.issues.filter(({ teamId }) => teamId === team.id).map(({ number }) => number)) + 1,
    teamId: team.id,
    title: '',
    description: null,
    priority: 0,
    estimate: null,
    dueDate: null,
    stateId: first.id,
    assigneeId: null,
    creatorId: me.id,
    labelIds: [],
    parentId: null,
    completedAt: null,
  };
  const issue = changeIssue(blank, rest, world);
  world.issues.push(issue);
  return issue;
}

/** All of the input is looked at before anything is stored. */
function changeIssue(issue: LinearIssue, input: Input, world: LinearWorld): LinearIssue {
  const { addedLabelIds = [], removedLabelIds = [], ...rest } = input;
  const changes = Object.entries(rest).flatMap(([field, value]) => {
    if (value === undefined) return [];
    const check = settable[field];
    if (check === undefined) throw new TypeError(`the stand-in does not store ${field} of an issue`);
    return [[field, check(value, world, issue)]];
  });
  const added = labelIds(addedLabelIds, world);
  const removed = labelIds(removedLabelIds, world);
  // Each value has passed the check of its field.
  Object.assign(issue, Object.fromEntries(changes) as Partial<LinearIssue>);
  issue.labelIds = [...new Set([...issue.labelIds, ...added])].filter((id) => !removed.includes(id));
  issue.updatedAt = new Date().toISOString();
  const { type } = need(world.states, issue.stateId, 'WorkflowState');
  issue.completedAt = type === 'completed' ? (issue.completedAt ?? issue.updatedAt) : null;
  return issue;
}

type Check = (value: unknown, world: LinearWorld, issue: LinearIssue) => unknown;

/** What may be set, and what it must be. */
const settable: Readonly<Record<string, Check>> = {
  title: (value) => nonEmpty(value, 'title'),
  description: (value) => value,
  estimate: (value) => value,
  dueDate: (value) => value,
  priority(value) {
    if (typeof value === 'number' && value >= 0 && value <= 4) return value;
    throw invalid('priority must be between 0 and 4');
  },
  stateId(value, { states }, { teamId }) {
    const state = need(states, value, 'WorkflowState');
    if (state.teamId === teamId) return state.id;
    throw inputError(
      'Workflow state not in same team as issue',
      'The state does not belong to the team of the issue.',
    );
  },
  assigneeId: (value, { users }) => (value === null ? null : need(users, value, 'User').id),
  parentId: (value, world) => (value === null ? null : needIssue(world, value).id),
  labelIds(value, world, { teamId }) {
    const ids = labelIds(value, world);
    const strange = world.labels.find((one) => ids.includes(one.id) && ![null, teamId].includes(one.teamId));
    if (strange === undefined) return ids;
    throw inputError(
      'Label not in same team as issue',
      'The label does not belong to the team of the issue.',
    );
  },
};

function createComment(input: Input, world: LinearWorld): LinearComment {
  const { id, body, issueId, parentId } = input;
  const me = world.users.find(({ isMe }) => isMe);
  if (me === undefined) throw new Error('this workspace has no users');
  const comment: LinearComment = {
    ...born(world.comments, id),
    __typename: 'Comment',
    body: nonEmpty(body, 'body'),
    issueId: needIssue(world, issueId).id,
    userId: me.id,
    parentId: typeof parentId === 'string' ? need(world.comments, parentId, 'Comment').id : null,
  };
  world.comments.push(comment);
  return comment;
}

/** A client may choose the id, but not one that is taken. */
function born(
  list: readonly { readonly id: string }[],
  id: unknown,
): Pick<LinearIssue, 'id' | 'createdAt' | 'updatedAt' | 'archivedAt'> {
  if (list.some((entity) => entity.id === id))
    throw inputError('Conflict on insert: id', 'An entity with this id exists already.');
  const now = new Date().toISOString();
  return { id: typeof id === 'string' ? id : randomUUID(), createdAt: now, updatedAt: now, archivedAt: null };
}

function labelIds(value: unknown, { labels }: LinearWorld): string[] {
  if (!Array.isArray(value)) throw invalid('label ids must be a list');
  return value.map((id) => {
    if (labels.some((label) => label.id === id)) return `${id}`;
    throw entityNotFound('IssueLabel');
  });
}

function nonEmpty(value: unknown, name: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw invalid(`${name} must not be empty`);
}

function invalid(why: string): Error {
  return inputError('Argument Validation Error', why);
}

function asInput(input: unknown): Input {
  if (!isRecord(input)) throw invalid('input must be an object');
  return input;
}
