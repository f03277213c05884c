// Names that several of a vendor's things have: the team's own is taken, then the workspace's, and nobody guesses among equals.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLinear } from './peers/vendors/linear.ts';
import { type LinearWorld, seedLinear } from './peers/vendors/linear-data.ts';
import { setUpProvider } from './support/provider-gateway.ts';

const [eng, ops] = seedLinear().teams.map(({ id }) => id) as [string, string];
const born = {
  createdAt: '2025-03-01T09:00:00.000Z',
  updatedAt: '2025-03-01T09:00:00.000Z',
  archivedAt: null,
};
const idOf = (at: number) => `000000aa-0000-4000-8000-${`${at}`.padStart(12, '0')}`;

const label = (at: number, name: string, teamId: string | null): LinearWorld['labels'][number] => ({
  ...born,
  __typename: 'IssueLabel',
  id: idOf(at),
  name,
  color: '#000000',
  teamId,
});
const state = (at: number, name: string, teamId: string): LinearWorld['states'][number] => ({
  ...born,
  __typename: 'WorkflowState',
  id: idOf(at),
  name,
  type: 'started',
  position: at,
  color: '#000000',
  teamId,
});
const user = (at: number, email: string, active: boolean): LinearWorld['users'][number] => ({
  ...born,
  __typename: 'User',
  id: idOf(at),
  name: 'Ada Twice',
  displayName: 'twice',
  email,
  active,
  isMe: false,
});

/** What is added to the workspace, what is asked for, and what the issue then has or what is said. */
const cases: Readonly<
  Record<
    string,
    {
      world: Partial<LinearWorld>;
      asked: object;
      has?: Partial<LinearWorld['issues'][number]>;
      says?: RegExp;
    }
  >
> = {
  "another team's label is passed over for the team's own": {
    world: { labels: [label(1, 'P1', ops), label(2, 'P1', eng)] },
    asked: { labels: ['P1'] },
    has: { labelIds: [idOf(2)] },
  },
  "the team's own label comes before the workspace's": {
    world: { labels: [label(1, 'P1', null), label(2, 'P1', eng)] },
    asked: { labels: ['P1'] },
    has: { labelIds: [idOf(2)] },
  },
  "the workspace's label is taken where the team has none": {
    world: { labels: [label(1, 'P1', ops), label(2, 'P1', null)] },
    asked: { labels: ['P1'] },
    has: { labelIds: [idOf(2)] },
  },
  'a label that only another team has is not there': {
    world: { labels: [label(1, 'P1', ops)] },
    asked: { labels: ['P1'] },
    says: /^Linear has no label "P1" in this team or the workspace\.$/,
  },
  'two labels of one name in the team are named and refused': {
    world: { labels: [label(1, 'P1', eng), label(2, 'P1', eng)] },
    asked: { labels: ['P1'] },
    says: new RegExp(
      `^Linear has more than one label "P1": "P1" of team ENG \\(${idOf(1)}\\), "P1" of team ENG \\(${idOf(2)}\\)\\. Name the one that is meant by its id\\.$`,
    ),
  },
  'the one that is meant is named by its id': {
    world: { labels: [label(1, 'P1', eng), label(2, 'P1', eng)] },
    asked: { labels: [idOf(2)] },
    has: { labelIds: [idOf(2)] },
  },
  "another team's label is not there by its id either": {
    world: { labels: [label(1, 'P1', ops)] },
    asked: { labels: [idOf(1)] },
    says: /has no label/,
  },
  'a state as it is written comes before one in another case': {
    world: { states: [state(1, 'in review', eng), state(2, 'In Review', eng), state(3, 'In Review', ops)] },
    asked: { state: 'In Review' },
    has: { stateId: idOf(2) },
  },
  'two states that differ in case alone are named and refused': {
    world: { states: [state(1, 'in review', eng), state(2, 'In Review', eng)] },
    asked: { state: 'IN REVIEW' },
    says: /more than one state "IN REVIEW": "in review" of team ENG .*"In Review" of team ENG/,
  },
  'a state by its id': {
    world: { states: [state(1, 'Review', eng), state(2, 'Review', eng)] },
    asked: { state: idOf(2) },
    has: { stateId: idOf(2) },
  },
  'of two accounts with one address the active one': {
    world: { users: [user(1, 'two@example.com', false), user(2, 'two@example.com', true)] },
    asked: { assignee: 'Two@example.com' },
    has: { assigneeId: idOf(2) },
  },
  'two active accounts with one address are named and refused': {
    world: { users: [user(1, 'two@example.com', true), user(2, 'two@example.com', true)] },
    asked: { assignee: 'two@example.com' },
    says: /more than one person "two@example\.com"/,
  },
};

for (const [what, { world, asked, has, says }] of Object.entries(cases)) {
  for (const actionId of ['create_issue', 'update_issue']) {
    test(`${actionId}: ${what}`, async (t) => {
      const seed = seedLinear();
      const added: LinearWorld = {
        ...seed,
        labels: [...(world.labels ?? []), ...seed.labels],
        states: [...seed.states, ...(world.states ?? [])],
        users: [...seed.users, ...(world.users ?? [])],
      };
      const vendor = await startLinear({ world: added, refuseBearer: true });
      const { invoke, mode } = await setUpProvider(t, 'linear', 10_000, true, vendor);
      await mode(actionId, 'allow');
      const issue = actionId === 'create_issue' ? { team: 'ENG', title: 'New' } : { issue: 'ENG-3' };
      const { status, body } = await invoke(actionId, { ...issue, ...asked });
      if (says !== undefined) {
        assert.equal(status, 502, JSON.stringify(body));
        assert.match(body.error.message, says);
        assert.equal(vendor.requests.filter(({ text }) => text.includes('mutation')).length, 0);
        return;
      }
      assert.equal(status, 200, JSON.stringify(body));
      assert.partialDeepStrictEqual(added.issues.find(({ id }) => id === body.result.id) ?? {}, has ?? {});
    });
  }
}
