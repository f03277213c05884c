// What a Slack workspace holds, as far as the stand-in knows it, and a small one to begin with.

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly is_private: boolean;
  is_archived: boolean;
  /** Whether the app has been invited. */
  is_member: boolean;
  readonly purpose: string;
}

export interface SlackMessage {
  readonly channel: string;
  readonly ts: string;
  /** The `ts` of the message that the thread hangs on; absent outside of threads. */
  readonly thread_ts?: string;
  readonly user: string;
  readonly bot_id?: string;
  readonly text: string;
}

export interface SlackWorld {
  readonly team: { readonly id: string; readonly name: string; readonly url: string };
  /** Who the token belongs to. */
  readonly bot: { readonly id: string; readonly userId: string; readonly name: string };
  readonly channels: SlackChannel[];
  /** Oldest first. */
  readonly messages: SlackMessage[];
}

export const general = 'C00000GENERAL';
export const incidents = 'C0000INCIDENT';
export const oldProject = 'C000000OLDPRO';
/** The message in #incidents that a thread of three replies hangs on. */
export const incidentThread = '1741000003.000100';

/** #general, public; #incidents, private, with a thread; #old-project, public and archived. */
export function seedSlack(): SlackWorld {
  const channels = [
    channel(general, 'general', { purpose: 'Everything that concerns everybody' }),
    channel(incidents, 'incidents', { is_private: true, purpose: 'What is on fire' }),
    channel(oldProject, 'old-project', { is_archived: true, purpose: 'Done in 2024' }),
  ];
  const messages: SlackMessage[] = [
    { channel: general, ts: '1741000001.000100', user: 'U000000ADA', text: 'Good morning!' },
    { channel: general, ts: '1741000002.000100', user: 'U0000GRACE', text: 'The release goes out at noon.' },
    {
      channel: incidents,
      ts: incidentThread,
      thread_ts: incidentThread,
      user: 'U000000ADA',
      text: 'Checkout answers 500 since 09:14.',
    },
    ...['Looking.', 'It is the new certificate.', 'Rolled back, all is well again.'].map((text, at) => ({
      channel: incidents,
      ts: `174100000${at + 4}.000100`,
      thread_ts: incidentThread,
      user: at === 1 ? 'U0000GRACE' : 'U000000ADA',
      text,
    })),
    { channel: oldProject, ts: '1741000000.000100', user: 'U0000GRACE', text: 'That was that.' },
  ];
  return {
    team: { id: 'T0000EXAMPLE', name: 'Example', url: 'https://example.slack.com/' },
    bot: { id: 'B0000ASSENT', userId: 'U0000ASSENT', name: 'assent' },
    channels,
    messages,
  };
}

function channel(id: string, name: string, more: Partial<SlackChannel>): SlackChannel {
  return { id, name, is_private: false, is_archived: false, is_member: true, purpose: '', ...more };
}
