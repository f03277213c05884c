import type { Difference } from '../../contract/errors.ts';
import { GatewayError } from '../errors.ts';

/** How a sentence calls what differs. */
const names: Readonly<Record<Difference, string>> = {
  source: 'its source',
  action: 'its source, which does not offer it any more,',
  definition: 'its definition',
  description: 'its description',
  risk: 'its risk',
  session: 'its session, which has ended,',
};

/** The refusal to carry out what is no longer what was asked for; `differs` says what it is, for people and for programs. */
export function changed(differs: readonly Difference[]): GatewayError {
  const words = new Intl.ListFormat('en').format(differs.map((one) => names[one]));
  return new GatewayError(
    'changed',
    `The action is no longer what the agent asked for: ${words} ${differs.length === 1 ? 'has' : 'have'} changed. Deny this; the agent may ask again.`,
    { differs },
  );
}
