import { messageOf } from '../lib/errors.ts';
import { type ActionSource, SourceError } from '../sources/action-source.ts';
import { findSource } from './find-action.ts';
import type { Gateway } from './gateway.ts';

/** The source of an approved row; where it has gone meanwhile, one whose execution fails with the reason. */
export async function sourceOrStandIn(
  gateway: Gateway,
  organizationId: string,
  sourceId: string,
): Promise<ActionSource> {
  try {
    return await findSource(gateway, organizationId, sourceId);
  } catch (error) {
    const refuse = async () => {
      throw new SourceError('source_unavailable', messageOf(error), { cause: error });
    };
    return { id: sourceId, kind: 'gone', displayName: sourceId, listActions: refuse, execute: refuse };
  }
}
