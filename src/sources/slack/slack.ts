import type { Provider } from '../provider.ts';
import { listChannels, postMessage, readThread } from './messages.ts';

const guide = `# Slack

Channels of this organization's workspace that the app has been invited into.

- \`list_channels\` gives ids, which the other actions want in place of names.
- A message is named by its \`ts\`; \`post_message\` gives the one it has made, and \`thread\` makes the next one a reply to it.
- \`read_thread\` reads a message with its replies.
- Texts are in Slack's own markup: \`*bold*\`, \`_italic_\`, \`<https://example.com|a link>\`.
`;

/** https://docs.slack.dev/reference/methods */
export const slack: Provider = {
  id: 'slack',
  displayName: 'Slack',
  baseUrl: 'https://slack.com/api/',
  guide,
  actions: [listChannels, readThread, postMessage],
};
