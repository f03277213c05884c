import { startLinear } from '../peers/vendors/linear.ts';
import { startSentry } from '../peers/vendors/sentry.ts';
import { startSlack } from '../peers/vendors/slack.ts';
import { general, incidents, incidentThread } from '../peers/vendors/slack-data.ts';
import type { Vendor } from '../peers/vendors/vendor.ts';

export type ProviderId = 'linear' | 'sentry' | 'slack';

/** What a test needs of a vendor. */
export interface VendorPeer extends Vendor {
  readonly url: string;
  readonly token: string;
  revoke(): void;
}

export const startVendor: Readonly<Record<ProviderId, () => Promise<VendorPeer>>> = {
  linear: () => startLinear({ refuseBearer: true }),
  sentry: () => startSentry(),
  slack: () => startSlack(),
};

export interface Case {
  readonly params: object;
  /** What the answer must hold, at least. */
  readonly answers: object;
}

export const anIssue = '4500000001';

/** What each action is asked here, and what it answers. An action that is not here fails the test. */
export const cases: Readonly<Record<ProviderId, Readonly<Record<string, Case>>>> = {
  linear: {
    list_teams: { params: {}, answers: { teams: [{ key: 'OPS' }, { key: 'ENG' }] } },
    list_issues: {
      params: { team: 'OPS', limit: 1 },
      answers: { issues: [{ identifier: 'OPS-10', team: 'OPS' }] },
    },
    search_issues: { params: { term: 'login', limit: 1 }, answers: {} },
    get_issue: { params: { issue: 'ENG-12' }, answers: { identifier: 'ENG-12', comments: [{}, {}] } },
    create_issue: {
      params: { team: 'ENG', title: 'From a test', state: 'todo', labels: ['Bug'], priority: 2 },
      answers: { title: 'From a test', state: 'Todo', team: 'ENG', labels: ['Bug'] },
    },
    update_issue: {
      params: { issue: 'ENG-12', state: 'Done' },
      answers: { identifier: 'ENG-12', state: 'Done' },
    },
    add_comment: { params: { issue: 'ENG-12', body: 'Seen.' }, answers: {} },
  },
  sentry: {
    list_projects: { params: { organization: 'example' }, answers: { projects: [{}, {}] } },
    list_issues: {
      params: { organization: 'example', project: 'web', limit: 1 },
      answers: { issues: [{ project: 'web' }] },
    },
    get_issue: { params: { organization: 'example', issue: anIssue }, answers: { id: anIssue } },
    list_issue_events: {
      params: { organization: 'example', issue: anIssue },
      answers: { events: [{}, {}, {}] },
    },
    get_event: { params: { organization: 'example', project: 'web', event: '' }, answers: {} },
    update_issue: {
      params: { organization: 'example', issue: anIssue, status: 'resolved' },
      answers: { id: anIssue, status: 'resolved' },
    },
  },
  slack: {
    list_channels: { params: {}, answers: { channels: [{ id: general, name: 'general' }] } },
    read_thread: {
      params: { channel: incidents, thread: incidentThread },
      answers: { messages: [{ ts: incidentThread }] },
    },
    post_message: { params: { channel: general, text: 'Hello from a test' }, answers: { channel: general } },
  },
};

/** A change of each vendor. */
export const writes: Readonly<Record<ProviderId, readonly [string, object]>> = {
  linear: ['add_comment', { issue: 'ENG-12', body: 'Once.' }],
  sentry: ['update_issue', { organization: 'example', issue: anIssue, status: 'resolved' }],
  slack: ['post_message', { channel: general, text: 'Once.' }],
};
/** The requests that change something. */
export const isChange: Readonly<
  Record<ProviderId, (request: { method: string; path: string; text: string }) => boolean>
> = {
  linear: ({ text }) => text.includes('mutation'),
  sentry: ({ method }) => method === 'PUT',
  slack: ({ path }) => path.includes('chat.postMessage'),
};
