import { modeKey } from '../../shared/mode-key.ts';
import { providerSource } from '../../sources/provider-source.ts';
import { slack } from '../../sources/slack/slack.ts';
import { findIntegration } from '../../store/integrations.ts';
import type { NotificationTargetRow } from '../../store/tables.ts';
import { openContext } from '../actions/source-context.ts';
import { integrationKey } from '../actions/stored-secret.ts';
import type { Gateway } from '../gateway.ts';
import type { Announcement } from './webhook.ts';

/** How long Slack may take to take a message. */
const limitMs = 10_000;

/** Posts with the organization's own integration. An admin has set this up: it is no action of an agent. */
export async function postToSlack(
  gateway: Gateway,
  { organization_id, target }: NotificationTargetRow,
  announcement: Announcement,
): Promise<void> {
  const row = await findIntegration(gateway.store.db, organization_id, slack.id);
  const { allowPrivateAddresses } = gateway.connectorAccess;
  const integration = { secretKey: integrationKey(slack.id), baseUrl: row?.base_url ?? null, version: 0 };
  const source = providerSource(slack, integration, { allowPrivateAddresses, limitMs });
  using opened = openContext(gateway, organization_id, null);
  await source.execute('post_message', { channel: target, text: text(announcement) }, opened.context);
}

/** Without the params: who may see the channel need not be who may see those. */
function text({ invocation, link }: Announcement): string {
  const action = plain(modeKey(invocation.sourceId, invocation.actionId));
  return `An agent asks for \`${action}\` (${invocation.riskLevel}). It waits until ${invocation.expiresAt ?? 'it is decided'}.\n<${link}|Look, and decide>`;
}

/** Slack's markup, and the mark that ends code, in names that others chose. */
function plain(name: string): string {
  return name
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('`', "'")
    .slice(0, 200);
}
