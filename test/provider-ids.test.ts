// Whatever an action hands out to name something by, the others take: each id of each answer goes into each action that wants its kind.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { providers } from '../src/sources/providers.ts';
import type { Answer } from './support/gateway.ts';
import { anIssue, cases, type ProviderId } from './support/provider-cases.ts';
import { setUpProvider } from './support/provider-gateway.ts';

type Result = Answer['body'];
interface Kind {
  /** What hands such an id out, and every one that an answer holds. */
  readonly from: readonly (readonly [action: string, params: object, ids: (result: Result) => unknown[]])[];
  /** What takes one, and where it goes. */
  readonly into: readonly (readonly [action: string, params: (id: unknown) => object])[];
}

const inExample = { organization: 'example' };
const linearIssue: Kind['into'] = [
  ['get_issue', (issue) => ({ issue })],
  ['update_issue', (issue) => ({ issue, title: 'Changed' })],
  ['add_comment', (issue) => ({ issue, body: 'Seen.' })],
];
const sentryIssue: Kind['into'] = [
  ['get_issue', (issue) => ({ ...inExample, issue })],
  ['list_issue_events', (issue) => ({ ...inExample, issue })],
  ['update_issue', (issue) => ({ ...inExample, issue, status: 'resolved' })],
];
const ofIssues =
  (...keys: string[]) =>
  (result: Result) =>
    (result.issues ?? [result]).flatMap((one: Result) => keys.map((key) => one[key]));

const kinds: Readonly<Record<ProviderId, Readonly<Record<string, Kind>>>> = {
  linear: {
    issue: {
      from: [
        ['list_issues', { limit: 3 }, ofIssues('id', 'identifier')],
        ['search_issues', { term: 'login', limit: 3 }, ofIssues('id', 'identifier')],
        ['get_issue', { issue: 'ENG-12' }, ofIssues('id', 'identifier')],
        ['create_issue', { team: 'ENG', title: 'New' }, ofIssues('id', 'identifier')],
        ['update_issue', { issue: 'ENG-12', title: 'New' }, ofIssues('id', 'identifier')],
      ],
      into: linearIssue,
    },
    team: {
      from: [
        ['list_teams', {}, ({ teams }) => teams.flatMap(({ id, key }: Result) => [id, key])],
        ['list_issues', { limit: 3 }, ofIssues('team')],
      ],
      into: [
        ['list_issues', (team) => ({ team })],
        ['create_issue', (team) => ({ team, title: 'New' })],
      ],
    },
    state: {
      from: [['list_teams', {}, ({ teams }) => teams.find(({ key }: Result) => key === 'ENG').states]],
      into: [
        ['list_issues', (state) => ({ state })],
        ['create_issue', (state) => ({ team: 'ENG', title: 'New', state })],
        ['update_issue', (state) => ({ issue: 'ENG-12', state })],
      ],
    },
    person: {
      from: [
        [
          'list_issues',
          { limit: 5 },
          (result) => ofIssues('assignee')(result).filter((one: unknown) => one !== null),
        ],
      ],
      into: [
        ['list_issues', (assignee) => ({ assignee })],
        ['create_issue', (assignee) => ({ team: 'ENG', title: 'New', assignee })],
        ['update_issue', (assignee) => ({ issue: 'ENG-12', assignee })],
      ],
    },
    labels: {
      from: [['list_issues', { limit: 5 }, ofIssues('labels')]],
      into: [['update_issue', (labels) => ({ issue: 'ENG-12', labels })]],
    },
    cursor: {
      from: [['list_issues', { limit: 1 }, ({ nextCursor }) => [nextCursor]]],
      into: [['list_issues', (after) => ({ after })]],
    },
  },
  sentry: {
    project: {
      from: [
        [
          'list_projects',
          inExample,
          ({ projects }) => projects.flatMap(({ id, slug }: Result) => [id, slug]),
        ],
        ['list_issues', inExample, ofIssues('project')],
      ],
      into: [['list_issues', (project) => ({ ...inExample, project })]],
    },
    issue: {
      from: [
        ['list_issues', { ...inExample, limit: 3 }, ofIssues('id', 'shortId')],
        ['get_issue', { ...inExample, issue: anIssue }, ofIssues('id', 'shortId')],
        ['update_issue', { ...inExample, issue: anIssue, status: 'unresolved' }, ofIssues('id', 'shortId')],
      ],
      into: sentryIssue,
    },
    event: {
      from: [
        [
          'list_issue_events',
          { ...inExample, issue: anIssue },
          ({ events }) => events.map((one: Result) => one.eventID),
        ],
      ],
      into: [['get_event', (event) => ({ ...inExample, project: 'web', event })]],
    },
    assignee: {
      from: [
        [
          'list_issues',
          { ...inExample, limit: 9 },
          (result) => ofIssues('assignedTo')(result).filter((one: unknown) => one !== null),
        ],
        ['update_issue', { ...inExample, issue: anIssue, assignedTo: '#backend' }, ofIssues('assignedTo')],
      ],
      into: [['update_issue', (assignedTo) => ({ ...inExample, issue: anIssue, assignedTo })]],
    },
    cursor: {
      from: [['list_issues', { ...inExample, limit: 5 }, ({ nextCursor }) => [nextCursor]]],
      into: [['list_issues', (cursor) => ({ ...inExample, limit: 5, cursor })]],
    },
  },
  slack: {
    channel: {
      from: [['list_channels', {}, ({ channels }) => channels.map(({ id }: Result) => id)]],
      into: [['post_message', (channel) => ({ channel, text: 'Hello' })]],
    },
    message: {
      from: [
        [
          'read_thread',
          cases.slack['read_thread']?.params ?? {},
          ({ messages }) => messages.slice(0, 1).map(({ ts }: Result) => ts),
        ],
      ],
      into: [
        ['read_thread', (thread) => ({ ...cases.slack['read_thread']?.params, thread })],
        [
          'post_message',
          (thread) => ({ ...cases.slack['read_thread']?.params, thread, text: 'Hello', limit: undefined }),
        ],
      ],
    },
    cursor: {
      from: [['list_channels', { limit: 1 }, ({ nextCursor }) => [nextCursor]]],
      into: [['list_channels', (cursor) => ({ limit: 1, cursor })]],
    },
  },
};

for (const [name, ofProvider] of Object.entries(kinds)) {
  // The keys of the table are the vendors.
  const id = name as ProviderId;
  for (const [kind, { from, into }] of Object.entries(ofProvider)) {
    test(`${id}: what names a ${kind} is taken wherever one is named`, async (t) => {
      const { invoke, mode } = await setUpProvider(t, id);
      for (const action of providers.find((one) => one.id === id)?.actions ?? [])
        await mode(action.id, 'allow');
      for (const [source, params, idsOf] of from) {
        const { status, body } = await invoke(source, params);
        assert.equal(status, 200, JSON.stringify(body));
        const ids = new Set(idsOf(body.result));
        assert.ok(ids.size > 0, `${source} hands out no ${kind}`);
        for (const one of ids)
          for (const [target, paramsOf] of into) {
            const answer = await invoke(target, paramsOf(one));
            const what = `${JSON.stringify(one)} of ${source} into ${target}: ${JSON.stringify(answer.body.error)}`;
            assert.equal(answer.status, 200, what);
          }
      }
    });
  }
}
