// The stand-in for Linear, asked by Linear's own SDK and by hand.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  AuthenticationLinearError,
  InvalidInputLinearError,
  LinearClient,
  RatelimitedLinearError,
} from '@linear/sdk';
import { type LinearPeer, startLinear } from './linear.ts';

const nowhere = join(import.meta.dirname, 'no-such-folder');
const inProgress = '00000002-0000-4000-8000-000000000003';

function clientOf(peer: LinearPeer, apiKey = peer.token): LinearClient {
  return new LinearClient({ apiKey, apiUrl: `${peer.url}/graphql` });
}

interface Reply {
  readonly status: number;
  readonly data: unknown;
  readonly errors: { message: string; path?: unknown; extensions?: Record<string, unknown> }[] | undefined;
}

async function ask(peer: LinearPeer, query: string, variables = {}, token = peer.token): Promise<Reply> {
  const response = await fetch(`${peer.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: token },
    body: JSON.stringify({ query, variables }),
  });
  // The shape of every GraphQL answer.
  return { status: response.status, ...((await response.json()) as Omit<Reply, 'status'>) };
}

for (const vectors of [undefined, nowhere]) {
  describe(vectors === undefined ? 'Linear, asked by its SDK' : 'Linear, its schema missing', () => {
    let peer: LinearPeer;
    let linear: LinearClient;
    before(async () => {
      peer = await startLinear(vectors === undefined ? {} : { vectors });
      linear = clientOf(peer);
    });
    after(() => peer.close());

    it('says whether it checks', (t) => {
      t.diagnostic(peer.schemaNote);
      if (vectors !== undefined) assert.equal(peer.schemaCheck, 'missing');
    });

    it('lists teams', async () => {
      const { nodes } = await linear.teams();
      assert.deepEqual(nodes.map(({ key }) => key).sort(), ['ENG', 'OPS']);
    });

    it('pages through all issues, newest first', async () => {
      const first = await linear.issues({ first: 12 });
      assert.equal(first.nodes.length, 12);
      assert.equal(first.nodes[0]?.identifier, 'OPS-10');
      const second = await linear.issues({ first: 12, after: first.pageInfo.endCursor ?? '' });
      const third = await linear.issues({ first: 12, after: second.pageInfo.endCursor ?? '' });
      assert.deepEqual([second.nodes.length, third.nodes.length, third.pageInfo.hasNextPage], [12, 6, false]);
    });

    it('filters by team, state, assignee, label and absence', async () => {
      const identifiers = async (filter: Parameters<LinearClient['issues']>[0]) =>
        (await linear.issues(filter)).nodes.map(({ identifier }) => identifier);
      const ops = await identifiers({
        filter: { team: { key: { eq: 'OPS' } }, state: { name: { eqIgnoreCase: 'done' } } },
      });
      assert.deepEqual(ops, ['OPS-9', 'OPS-4']);
      const nobody = { team: { key: { eq: 'OPS' } }, assignee: { null: true } };
      assert.deepEqual(await identifiers({ filter: nobody }), ['OPS-8', 'OPS-4']);
      const mine = { assignee: { isMe: { eq: true } }, labels: { name: { in: ['Bug'] } } };
      assert.deepEqual(await identifiers({ filter: mine }), ['OPS-5', 'ENG-19', 'ENG-13', 'ENG-7', 'ENG-1']);
      const or = { or: [{ number: { gt: 19 } }, { title: { contains: 'umlauts' } }] };
      assert.deepEqual(await identifiers({ filter: or }), ['OPS-5', 'ENG-20', 'ENG-15', 'ENG-5']);
    });

    it('gets an issue by id and by identifier, and what hangs on it', async () => {
      const issue = await linear.issue('ENG-12');
      assert.equal((await linear.issue(issue.id)).identifier, 'ENG-12');
      assert.equal((await issue.team)?.key, 'ENG');
      assert.equal((await issue.state)?.name, 'Todo');
      assert.equal(await issue.assignee, undefined);
      const comments = await issue.comments();
      assert.equal(comments.nodes.length, 2);
      assert.equal((await comments.nodes[1]?.user)?.name, 'Grace Hopper');
      const labels = await (await linear.issue('ENG-13')).labels();
      assert.deepEqual(
        labels.nodes.map(({ name }) => name),
        ['Bug'],
      );
    });

    it('refuses an unknown issue as Linear does', async () => {
      const error = await linear.issue('ENG-999').catch((error: unknown) => error);
      assert.ok(error instanceof InvalidInputLinearError);
      assert.equal(error.message, 'Entity not found: Issue - Could not find referenced Issue.');
      const { status, errors } = await ask(peer, '{ issue(id: "ENG-999") { id } }');
      assert.deepEqual(
        [status, errors?.[0]?.extensions?.['code'], errors?.[0]?.path],
        [200, 'INPUT_ERROR', ['issue']],
      );
    });

    it('searches', async () => {
      const found = await linear.searchIssues('ignores umlauts', { first: 2 });
      assert.deepEqual([found.totalCount, found.nodes.length, found.nodes[0]?.identifier], [3, 2, 'OPS-5']);
    });

    it('creates, changes and comments', async () => {
      const { id: teamId } = await linear.team('ENG');
      const created = await linear.createIssue({ teamId, title: 'Made by a test', priority: 2 });
      const issue = await created.issue;
      assert.deepEqual([created.success, issue?.identifier, issue?.priorityLabel], [true, 'ENG-21', 'High']);
      await linear.updateIssue('ENG-21', { stateId: inProgress, assigneeId: (await linear.viewer).id });
      assert.equal((await (await linear.issue('ENG-21')).assignee)?.name, 'Ada Lovelace');
      const commented = await linear.createComment({ issueId: issue?.id ?? '', body: 'Started.' });
      assert.equal((await commented.comment)?.body, 'Started.');
      assert.equal(peer.world.comments.at(-1)?.issueId, peer.world.issues.at(-1)?.id);
    });

    it('refuses a write that cannot be, and stores nothing of it', async () => {
      const issues = peer.world.issues.length;
      await assert.rejects(linear.createIssue({ teamId: 'nobody', title: 'x' }), InvalidInputLinearError);
      await assert.rejects(linear.updateIssue('OPS-1', { title: 'x', stateId: inProgress }), /same team/);
      await assert.rejects(linear.createComment({ issueId: 'ENG-1', body: ' ' }), /body must not be empty/);
      assert.equal(peer.world.issues.length, issues);
      assert.notEqual((await linear.issue('OPS-1')).title, 'x');
    });

    it('answers smaller queries, written by hand', async () => {
      const query = `query Get($id: String!, $brief: Boolean = true) {
        it: issue(id: $id) { __typename identifier ...Details url description @skip(if: $brief) }
      }
      fragment Details on Issue {
        state { name } assignee { name } team { key } labels { nodes { name } } comments(first: 1) { nodes { body user { name } } }
      }`;
      const { data } = await ask(peer, query, { id: 'ENG-12' });
      assert.deepEqual(data, {
        it: {
          __typename: 'Issue',
          identifier: 'ENG-12',
          state: { name: 'Todo' },
          assignee: null,
          team: { key: 'ENG' },
          labels: { nodes: [] },
          comments: { nodes: [{ body: 'Fixed by the change of yesterday?', user: { name: 'Alan Turing' } }] },
          url: 'https://linear.app/example/issue/ENG-12',
        },
      });
    });
  });
}

describe('Linear, its schema', () => {
  let peer: LinearPeer;
  before(async () => {
    peer = await startLinear();
  });
  after(() => peer.close());

  const refused: readonly (readonly [query: string, variables: object, code: string, message: RegExp])[] = [
    [
      '{ issues { nodes { nope } } }',
      {},
      'GRAPHQL_VALIDATION_FAILED',
      /Cannot query field "nope" on type "Issue"/,
    ],
    ['{ issue { id } }', {}, 'GRAPHQL_VALIDATION_FAILED', /argument "id" of type "String!" is required/],
    ['{ issues(first: "3") { nodes { id } } }', {}, 'GRAPHQL_VALIDATION_FAILED', /Int cannot represent/],
    [
      'mutation($input: IssueCreateInput!) { issueCreate(input: $input) { success } }',
      { input: { title: 'x' } },
      'BAD_USER_INPUT',
      /"teamId" of required type "String!" was not provided/,
    ],
    [
      'query($filter: IssueFilter) { issues(filter: $filter) { nodes { id } } }',
      { filter: { nope: { eq: 1 } } },
      'BAD_USER_INPUT',
      /Field "nope" is not defined by type "IssueFilter"/,
    ],
  ];
  for (const [query, variables, code, message] of refused) {
    it(`refuses ${query} ${JSON.stringify(variables)}`, async (t) => {
      if (peer.schemaCheck === 'missing') return t.skip(peer.schemaNote);
      const { status, errors } = await ask(peer, query, variables);
      assert.deepEqual([status, errors?.[0]?.extensions?.['code']], [400, code]);
      assert.match(errors?.[0]?.message ?? '', message);
    });
  }

  it('refuses what is not GraphQL at all', async () => {
    const { status, errors } = await ask(peer, '{ issues');
    assert.deepEqual([status, errors?.[0]?.extensions?.['code']], [400, 'GRAPHQL_PARSE_FAILED']);
  });
});

describe('Linear, who may ask', () => {
  it('refuses a wrong token and a revoked one', async (t) => {
    const peer = await startLinear();
    t.after(() => peer.close());
    await assert.rejects(clientOf(peer, 'lin_api_wrong').teams(), AuthenticationLinearError);
    await clientOf(peer).teams();
    peer.revoke();
    const { status, errors } = await ask(peer, '{ viewer { id } }');
    assert.deepEqual([status, errors?.[0]?.extensions?.['code']], [401, 'AUTHENTICATION_ERROR']);
  });

  it('refuses a key that is sent as a bearer token only when asked', async (t) => {
    const lenient = await startLinear();
    const strict = await startLinear({ refuseBearer: true });
    t.after(() => Promise.all([lenient.close(), strict.close()]));
    assert.equal((await ask(lenient, '{ viewer { id } }', {}, `Bearer ${lenient.token}`)).status, 200);
    const { status, errors } = await ask(strict, '{ viewer { id } }', {}, `Bearer ${strict.token}`);
    assert.equal(status, 400);
    assert.match(errors?.[0]?.message ?? '', /Remove the Bearer prefix/);
  });

  it('limits the rate in its own way', async (t) => {
    const peer = await startLinear();
    t.after(() => peer.close());
    peer.faults.add({ rateLimit: 7 }, 1);
    const error = await clientOf(peer)
      .teams()
      .catch((error: unknown) => error);
    assert.ok(error instanceof RatelimitedLinearError);
    assert.deepEqual([error.status, error.retryAfter, error.requestsRemaining], [400, 7, 0]);
    await clientOf(peer).teams();
  });
});
