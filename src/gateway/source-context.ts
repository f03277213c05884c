import { Secret } from '../lib/secret.ts';
import { type SourceContext, SourceError } from '../sources/action-source.ts';
import { findSecret } from '../store/secrets.ts';
import type { Gateway } from './gateway.ts';

/** The place a stored secret belongs to, which its ciphertext is bound to. */
export function secretPlace(organizationId: string, key: string): string {
  return `secret:${organizationId}:${key}`;
}

/** A source's context, and beside it every credential that was handed out through it: what redaction looks for. */
export interface Handover {
  readonly context: SourceContext;
  readonly handedOut: readonly string[];
}

/** `sessionId` is whose lists may come from a cache; `null` asks afresh. */
export function handover(gateway: Gateway, organizationId: string, sessionId: string | null): Handover {
  const handedOut: string[] = [];
  let signal: AbortSignal | undefined;
  const context: SourceContext = {
    sessionId,
    // Its timer runs from the first use; a list that comes from a cache never asks for it.
    get signal() {
      signal ??= AbortSignal.any([gateway.stopping.signal, AbortSignal.timeout(gateway.limits.executionMs)]);
      return signal;
    },
    async resolveSecret(key) {
      const row = await findSecret(gateway.store.db, organizationId, key);
      if (row === undefined) {
        throw new SourceError(
          'source_unavailable',
          `The secret "${key}" is not set. An admin sets it with \`assent secrets set ${key}\`.`,
        );
      }
      const value = gateway.sealer.open(row.sealed, secretPlace(organizationId, key));
      handedOut.push(value);
      return new Secret(value);
    },
  };
  return { context, handedOut };
}
