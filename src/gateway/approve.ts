import { isJsonObject, type JsonObject, parseJson } from '../lib/json.ts';
import type { InvocationRow } from '../store/tables.ts';
import { approvePending } from '../store/transitions.ts';
import type { AdminCaller } from './callers.ts';
import { expectPending, whyNotPending } from './decide.ts';
import { notFound } from './errors.ts';
import { execute } from './execute.ts';
import type { Gateway } from './gateway.ts';
import { type Outcome, outcomeOf } from './invoke.ts';
import { leaseOf } from './lease.ts';
import { paramsPlace } from './record.ts';
import { sourceOrStandIn } from './stand-in-source.ts';

/**
 * A person assents: the row is approved and exactly what was recorded is carried out, at once and once.
 * Throws `GatewayError`: `not_found`, `conflict` where it is decided already, `expired` where that came too late.
 */
export async function approve(gateway: Gateway, caller: AdminCaller, id: string): Promise<Outcome> {
  const pending = await expectPending(gateway, caller.organizationId, id);
  const params = openParams(gateway, pending);
  const approved = await gateway.store.write((tx) =>
    approvePending(tx, id, caller.userId, gateway.clock(), leaseOf(gateway)),
  );
  if (approved === undefined) throw await whyNotPending(gateway, caller.organizationId, id);

  const source = await sourceOrStandIn(gateway, caller.organizationId, approved.source_id);
  return outcomeOf(await execute(gateway, approved, source, params));
}

/** The exact params that were asked for, not the redacted copy. */
function openParams(gateway: Gateway, row: InvocationRow): JsonObject {
  if (row.params_sealed === null) throw notFound('invocation');
  const params = parseJson(gateway.sealer.open(row.params_sealed, paramsPlace(row.id)));
  if (!isJsonObject(params)) throw new TypeError('sealed params are an object');
  return params;
}
