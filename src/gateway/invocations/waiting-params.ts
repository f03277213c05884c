import { type JsonValue } from '../../lib/json.ts';
import { redact } from '../../policy/redact.ts';
import type { AdminCaller } from '../callers.ts';
import type { Gateway } from '../gateway.ts';
import { expectPending } from './expect-pending.ts';
import { openParams } from './sealed-params.ts';

/**
 * What would run, for the person who decides: redacted as the record is, and not shortened as the record is.
 * Throws `not_found`; `conflict` and `expired` where it waits no longer.
 */
export async function waitingParams(gateway: Gateway, caller: AdminCaller, id: string): Promise<JsonValue> {
  const row = await expectPending(gateway, caller.organizationId, id);
  return redact(openParams(gateway, row), []);
}
