// The stand-in for Sentry, asked over HTTP as its documentation says.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type SentryPeer, startSentry } from './sentry.ts';

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

async function ask(peer: SentryPeer, path: string, put?: unknown, token = peer.token): Promise<Reply> {
  const response = await fetch(`${peer.url}/api/0/${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(put !== undefined && { method: 'PUT', body: JSON.stringify(put) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** One field of every item of a list. */
function each(body: unknown, field: string): unknown[] {
  // Every list here is one of objects.
  return (body as Record<string, unknown>[]).map((item) => item[field]);
}

describe('Sentry', () => {
  let peer: SentryPeer;
  before(async () => {
    peer = await startSentry();
  });
  after(() => peer.close());

  it('lists projects', async () => {
    const { body } = await ask(peer, 'organizations/example/projects/');
    assert.deepEqual(each(body, 'slug'), ['web', 'api']);
  });

  it('pages through issues by the Link header', async () => {
    const ids: unknown[] = [];
    let next: string | undefined = 'organizations/example/issues/?query=&limit=12';
    let pages = 0;
    while (next !== undefined) {
      const { headers, body } = await ask(peer, next);
      ids.push(...each(body, 'id'));
      pages += 1;
      const link: string = headers.get('link') ?? '';
      next = /api\/0\/([^>]*)>; rel="next"; results="true"; cursor="0:\d+:0"/.exec(link)?.[1];
    }
    assert.deepEqual([pages, ids.length, new Set(ids).size, ids[0]], [3, 30, 30, '4500000030']);
  });

  it('shows what is unresolved where no query is given', async () => {
    const { body } = await ask(peer, 'organizations/example/issues/');
    assert.deepEqual([...new Set(each(body, 'status'))], ['unresolved']);
  });

  const searches: readonly (readonly [query: string, count: number])[] = [
    ['query=is:resolved', 6],
    ['query=is:unresolved+level:warning&project=102', 2],
    ['query=!is:unresolved+is:assigned', 4],
    ['query=assigned:ada@example.com+project:api', 3],
    ['query=issue:WEB-3', 1],
    ['query=%22payment+provider%22&project=-1', 6],
    ['query=nothing+like+it', 0],
  ];
  for (const [query, count] of searches) {
    it(`searches ${query}`, async () => {
      const { headers } = await ask(peer, `organizations/example/issues/?${query}`);
      assert.equal(headers.get('x-hits'), `${count}`);
    });
  }

  it('lists the issues of one project', async () => {
    const { body } = await ask(peer, 'projects/example/api/issues/?query=');
    assert.equal(
      each(body, 'shortId').every((id) => String(id).startsWith('API-')),
      true,
    );
  });

  it('shows an issue under each of its addresses', async () => {
    for (const path of [
      'organizations/example/issues/4500000003/',
      'organizations/example/issues/WEB-3/',
      'issues/4500000003/',
    ])
      assert.partialDeepStrictEqual((await ask(peer, path)).body, {
        id: '4500000003',
        shortId: 'WEB-3',
        count: '3',
        project: { slug: 'web' },
        metadata: { type: 'RangeError' },
      });
  });

  it('changes status and assignee', async () => {
    const change = { status: 'resolved', assignedTo: 'team:7' };
    const { status, body } = await ask(peer, 'organizations/example/issues/4500000002/', change);
    assert.equal(status, 200);
    assert.partialDeepStrictEqual(body, {
      status: 'resolved',
      assignedTo: { type: 'team', name: 'backend' },
    });
    await ask(peer, 'issues/4500000002/', { status: 'ignored', assignedTo: '' });
    assert.partialDeepStrictEqual(peer.world.issues[1], { status: 'ignored', assignedTo: null });
  });

  it('shows the events of an issue, and one of them', async () => {
    const { body } = await ask(peer, 'organizations/example/issues/WEB-1/events/');
    const [newest, ...older] = each(body, 'eventID');
    assert.equal(older.length, 2);
    const latest = (await ask(peer, 'issues/4500000001/events/latest/')).body;
    assert.partialDeepStrictEqual(latest, {
      eventID: newest,
      groupID: '4500000001',
      previousEventID: older[0],
    });
    assert.deepEqual((await ask(peer, `projects/example/web/events/${String(newest)}/`)).body, latest);
    assert.equal((await ask(peer, `projects/example/api/events/${String(newest)}/`)).status, 404);
  });

  const gone = { detail: 'The requested resource does not exist' };
  const wrong: readonly (readonly [path: string, put: unknown, status: number, body: object])[] = [
    ['organizations/example/issues/1/', undefined, 404, gone],
    ['organizations/nobody/projects/', undefined, 404, gone],
    ['organizations/example/issues', undefined, 404, gone],
    ['projects/example/nothing/issues/', undefined, 404, gone],
    ['organizations/example/projects/', {}, 405, { detail: 'Method "PUT" not allowed.' }],
    ['issues/4500000001/', { status: 'done' }, 400, { status: ['"done" is not a valid choice.'] }],
    [
      'issues/4500000001/',
      { status: 'resolved', hasSeen: 'yes' },
      400,
      { hasSeen: ['Must be a valid boolean.'] },
    ],
    [
      'issues/4500000001/',
      { assignedTo: 'nobody@example.com' },
      400,
      { assignedTo: ['Unknown actor input'] },
    ],
    ['issues/4500000001/', [], 400, { detail: 'JSON parse error - an object is expected' }],
    ['organizations/example/issues/?cursor=x', undefined, 400, { detail: 'Invalid cursor parameter.' }],
    [
      'organizations/example/issues/?project=web',
      undefined,
      400,
      { detail: 'Invalid project parameter. Values must be numbers.' },
    ],
    [
      'organizations/example/issues/?project=9',
      undefined,
      403,
      { detail: 'You do not have permission to perform this action.' },
    ],
  ];
  for (const [path, put, status, body] of wrong) {
    it(`refuses ${path} ${JSON.stringify(put) ?? ''} with ${status}`, async () => {
      const before = structuredClone(peer.world.issues);
      const reply = await ask(peer, path, put);
      assert.deepEqual([reply.status, reply.body], [status, body]);
      assert.deepEqual(peer.world.issues, before);
    });
  }
});

describe('Sentry, who may ask', () => {
  it('refuses a wrong token and a revoked one', async (t) => {
    const peer = await startSentry();
    t.after(() => peer.close());
    const projects = 'organizations/example/projects/';
    const refused = { status: 401, body: { detail: 'Invalid token' } };
    assert.partialDeepStrictEqual(await ask(peer, projects, undefined, 'sntryu_wrong'), refused);
    assert.equal((await ask(peer, projects)).status, 200);
    peer.revoke();
    assert.partialDeepStrictEqual(await ask(peer, projects), refused);
    const naked = await fetch(`${peer.url}/api/0/${projects}`);
    assert.deepEqual(await naked.json(), { detail: 'Authentication credentials were not provided.' });
  });

  it('limits the rate in its own way', async (t) => {
    const peer = await startSentry();
    t.after(() => peer.close());
    peer.faults.add({ rateLimit: 3 }, 1);
    const { status, headers } = await ask(peer, 'organizations/example/projects/');
    const named = ['retry-after', 'x-sentry-rate-limit-remaining', 'x-sentry-rate-limit-limit'];
    assert.deepEqual([status, ...named.map((name) => headers.get(name))], [429, '3', '0', '40']);
  });
});
