import { isJsonObject, type JsonObject, parseJson } from '../../lib/json.ts';
import type { InvocationRow } from '../../store/tables.ts';
import type { Gateway } from '../gateway.ts';

/** The place the exact params of a waiting invocation belong to, which their ciphertext is bound to. */
export function paramsSealContext(invocationId: string): string {
  return `invocation:${invocationId}`;
}

/** The exact params that were asked for, not the redacted copy. For what still waits: a decision erases them. */
export function openParams(gateway: Gateway, row: InvocationRow): JsonObject {
  const params = parseJson(gateway.sealer.open(row.params_sealed ?? '', paramsSealContext(row.id)));
  if (!isJsonObject(params)) throw new TypeError('sealed params are an object');
  return params;
}
