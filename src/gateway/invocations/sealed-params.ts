import type { WaitingParams } from '../../contract/invocation-context.ts';
import { newId } from '../../lib/ids.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../lib/json.ts';
import { paramsView } from '../../policy/params-view.ts';
import { redact } from '../../policy/redact.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { credentialValuesOf } from '../actions/credential-values.ts';
import type { AdminCaller } from '../callers.ts';
import type { Gateway } from '../gateway.ts';
import { expectPending } from './expect-pending.ts';

/** The exact params of an invocation that is to wait, and its id, which is in them. */
export interface SealedParams {
  readonly invocationId: string;
  readonly text: string;
}

/** Gives the invocation its id: it can be recorded under no other. A megabyte takes about 10 ms. */
export function sealParams({ sealer }: Gateway, exact: JsonObject): SealedParams {
  const invocationId = newId();
  return { invocationId, text: sealer.seal(JSON.stringify(exact), paramsSealContext(invocationId)) };
}

/** The place the exact params of a waiting invocation belong to, which their ciphertext is bound to. */
export function paramsSealContext(invocationId: string): string {
  return `invocation:${invocationId}`;
}

/** The JSON text of the exact params, as it is sent when they run. */
export function openParamsText(gateway: Gateway, row: InvocationRow): string {
  return gateway.sealer.open(row.params_sealed ?? '', paramsSealContext(row.id));
}

/** The exact params that were asked for, not the redacted copy. For what still waits: a decision erases them. */
export function openParams(gateway: Gateway, row: InvocationRow): JsonObject {
  const params = parseJson(openParamsText(gateway, row));
  if (!isJsonObject(params)) throw new TypeError('sealed params are an object');
  return params;
}

/**
 * What would run, for the person who decides: whole, and every part that is hidden from them counted where it stands.
 * Throws `not_found`; `conflict` and `expired` where it waits no longer.
 */
export async function waitingParams(
  gateway: Gateway,
  caller: AdminCaller,
  id: string,
): Promise<WaitingParams> {
  const row = await expectPending(gateway, caller.organizationId, id);
  const secrets = await credentialValuesOf(gateway, row.organization_id, row.source_id);
  const json = openParamsText(gateway, row);
  return { params: redact(parseJson(json), secrets), shown: paramsView(json, secrets) };
}
