// Odd elements in a vendor's lists: the others are kept, and what was left out is said. Only what is no such list is no API's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cases, type ProviderId } from './support/provider-cases.ts';
import { setUpProvider } from './support/provider-gateway.ts';

const inExample = { organization: 'example' };
const page = { hasNextPage: false, endCursor: null };

/** An action that lists, an answer with these elements, and the name of its list. */
const lists: readonly (readonly [
  ProviderId,
  string,
  object,
  (elements: unknown) => unknown,
  good: object,
  name: string,
])[] = [
  ['linear', 'list_teams', {}, (nodes) => ({ data: { teams: { nodes } } }), { id: 'a', key: 'ENG' }, 'teams'],
  [
    'linear',
    'list_issues',
    {},
    (nodes) => ({ data: { issues: { nodes, pageInfo: page } } }),
    { id: 'a', identifier: 'ENG-1' },
    'issues',
  ],
  [
    'linear',
    'search_issues',
    { term: 'x' },
    (nodes) => ({ data: { searchIssues: { nodes, pageInfo: null } } }),
    { id: 'a', identifier: 'ENG-1' },
    'issues',
  ],
  [
    'linear',
    'get_issue',
    { issue: 'ENG-1' },
    (nodes) => ({ data: { issue: { id: 'a', identifier: 'ENG-1', comments: { nodes } } } }),
    { body: 'x' },
    'comments',
  ],
  ['sentry', 'list_projects', inExample, (all) => all, { id: '1', slug: 'web' }, 'projects'],
  ['sentry', 'list_issues', inExample, (all) => all, { id: '1' }, 'issues'],
  ['sentry', 'list_issue_events', { ...inExample, issue: '1' }, (all) => all, { eventID: 'a' }, 'events'],
  ['slack', 'list_channels', {}, (channels) => ({ ok: true, channels }), { id: 'C1' }, 'channels'],
  [
    'slack',
    'read_thread',
    cases.slack['read_thread']?.params ?? {},
    (messages) => ({ ok: true, messages }),
    { ts: '1.1' },
    'messages',
  ],
];

/** Whatever else an element has may be of any kind. */
const oddities = [
  'title',
  'name',
  'state',
  'team',
  'labels',
  'assignee',
  'user',
  'project',
  'assignedTo',
  'tags',
  'level',
  'status',
  'states',
  'topic',
  'text',
];

const oddValues = [null, 7, 'a_new_one', [], {}, { nodes: [null] }];

for (const [id, actionId, params, answerOf, good, name] of lists) {
  test(`${id}:${actionId} keeps what can be read`, async (t) => {
    const { vendor, invoke } = await setUpProvider(t, id);
    const answered = async (elements: unknown) => {
      vendor.faults.clear();
      vendor.faults.add({ status: 200, json: answerOf(elements) });
      return invoke(actionId, params);
    };
    const odd = [good, null, 7, 'x', [], {}, { id: null }, good];
    const { status, body } = await answered(odd);
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.result[name].length, 2);
    assert.match(
      body.result[`${name}LeftOut`],
      /^6 of 8 left out: 4 not an object, 2 no "\w+" that can be read\.$/,
    );
    const strange = oddities
      .filter((field) => !(field in good))
      .flatMap((field) => oddValues.map((value) => ({ ...good, [field]: value })));
    const kept = await answered(strange);
    assert.equal(kept.status, 200, JSON.stringify(kept.body));
    const { [`${name}LeftOut`]: leftOut, [name]: items } = kept.body.result;
    assert.deepEqual([leftOut, items.length], [undefined, strange.length]);
    const long = await answered(Array.from({ length: 600 }, () => ({})));
    assert.match(
      long.body.result[`${name}LeftOut`],
      /^600 of 600 left out: 500 no "\w+" that can be read, 100 beyond/,
    );
    for (const none of [null, {}, 'x', 7]) {
      const { status, body } = await answered(none);
      assert.equal(status, 502, JSON.stringify(body));
      assert.match(body.error.message, /Check the base URL\.$/);
    }
  });
}

test('a name with several candidates is not looked up where one of them cannot be read', async (t) => {
  const { vendor, invoke, mode } = await setUpProvider(t, 'linear');
  await mode('update_issue', 'allow');
  const label = { id: 'a', name: 'Bug', team: null };
  vendor.faults.add({
    when: ({ text }) => text.includes('issueLabels'),
    status: 200,
    json: { data: { issueLabels: { nodes: [label, { name: 'Bug' }] } } },
  });
  const { body } = await invoke('update_issue', { issue: 'ENG-12', labels: ['Bug'] });
  assert.match(
    body.error.message,
    /candidates cannot be read whole \(1 of 2 left out: .*Nothing was changed\.$/,
  );
  assert.equal(vendor.requests.filter(({ text }) => text.includes('mutation')).length, 0);
});
