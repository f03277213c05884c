import type { SourceAction } from '../../src/contract/sources.ts';
import { type Change, changesBetween } from './json-diff.ts';

export type ReviewedAction = Pick<SourceAction, 'description' | 'params' | 'reviewed'>;

/**
 * What differs from what somebody looked at when they reviewed an action: all of its parameters, also what does not count as
 * drift (`contract/connectors`), and its own description. `undefined` where nobody has, or what they saw was not kept.
 */
export function changesSinceReview({
  description,
  params,
  reviewed,
}: ReviewedAction): readonly Change[] | undefined {
  if (reviewed === null) return undefined;
  return changesBetween(
    { description: reviewed.description, parameters: reviewed.params },
    { description, parameters: params },
  );
}
