import type { NotificationBody } from '../../../src/contract/notifications.ts';

export type Kind = NotificationBody['kind'];

interface KindWords {
  readonly name: string;
  /** What its target is called. */
  readonly target: string;
  readonly hint: string;
}

export const kinds: Readonly<Record<Kind, KindWords>> = {
  slack: {
    name: 'Slack channel',
    target: 'Channel id',
    hint: 'Like C012AB3CD: Slack shows it at the end of the channel’s details. Slack must be connected among the sources, and its app be in the channel.',
  },
  webhook: {
    name: 'Webhook',
    target: 'URL',
    hint: 'Gets a signed POST for each approval that begins to wait. It holds no password and no fragment.',
  },
};
