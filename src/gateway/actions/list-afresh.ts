import { messageOf } from '../../lib/errors.ts';
import { recordableText } from '../../policy/record.ts';
import { type ActionDefinition, type ActionSource, SourceError } from '../../sources/action-source.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { openContext } from './source-context.ts';

/**
 * What a source offers now, whatever was listed before: what is decided now must fit it.
 * Throws `source_unavailable`, with the reason.
 */
export async function listAfresh(
  gateway: Gateway,
  organizationId: string,
  source: ActionSource,
): Promise<readonly ActionDefinition[]> {
  using opened = openContext(gateway, organizationId, null);
  try {
    return await source.listActions(opened.context);
  } catch (cause) {
    if (!(cause instanceof SourceError)) throw cause;
    throw new GatewayError('source_unavailable', recordableText(messageOf(cause), opened.revealed), {
      cause,
    });
  }
}
