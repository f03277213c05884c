import type { OmittedTool } from '../../contract/connectors.ts';
import { messageOf } from '../../lib/errors.ts';
import { recordableText } from '../../policy/record.ts';
import { type ActionDefinition, type ActionSource, SourceError } from '../../sources/action-source.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { openContext } from './source-context.ts';

export interface Offer {
  readonly definitions: readonly ActionDefinition[];
  /** What it lists besides, and nobody can use. */
  readonly omitted: readonly OmittedTool[];
}

/**
 * What a source offers now, whatever was listed before: what is decided now must fit it.
 * Throws `source_unavailable`, with the reason.
 */
export async function listAfresh(
  gateway: Gateway,
  organizationId: string,
  source: ActionSource,
): Promise<Offer> {
  using opened = openContext(gateway, organizationId, null, source);
  try {
    const definitions = await source.listActions(opened.context);
    return { definitions, omitted: opened.omitted };
  } catch (cause) {
    if (!(cause instanceof SourceError)) throw cause;
    throw new GatewayError('source_unavailable', recordableText(messageOf(cause), opened.revealed), {
      cause,
    });
  }
}
