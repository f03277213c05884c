import { Secret } from '../../lib/secret.ts';
import { withoutSecrets } from '../../policy/redact.ts';
import { type SourceContext, SourceError } from '../../sources/action-source.ts';
import type { Gateway } from '../gateway.ts';
import { notSet, storedSecret } from './stored-secret.ts';

/** A source's context, and beside it every credential that was handed out through it: what redaction looks for. */
export interface Handover extends Disposable {
  readonly context: SourceContext;
  readonly handedOut: readonly string[];
}

/** `sessionId` is whose lists may come from a cache; `null` asks afresh. */
export function handover(gateway: Gateway, organizationId: string, sessionId: string | null): Handover {
  const handedOut: string[] = [];
  const limit = new Limit(gateway);
  const context: SourceContext = {
    sessionId,
    get signal() {
      return limit.signal;
    },
    async resolveSecret(key) {
      const value = await storedSecret(gateway, organizationId, key);
      if (value === undefined) throw new SourceError('source_unavailable', notSet(key));
      handedOut.push(value);
      return new Secret(value);
    },
    withoutSecrets: (text) => withoutSecrets(text, handedOut),
  };
  return { context, handedOut, [Symbol.dispose]: () => limit.end() };
}

/** Aborts when the time is over or the gateway gives up. Its clock runs from the first use: a cached list never asks for it. */
class Limit {
  readonly #gateway: Gateway;
  readonly #abort = (): void => this.#controller?.abort();
  #controller: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  get signal(): AbortSignal {
    this.#controller ??= this.#begin();
    return this.#controller.signal;
  }

  #begin(): AbortController {
    const { givingUp, limits } = this.#gateway;
    const controller = new AbortController();
    this.#timer = setTimeout(this.#abort, limits.executionMs);
    givingUp.signal.addEventListener('abort', this.#abort, { once: true });
    if (givingUp.signal.aborted) controller.abort();
    return controller;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#gateway.givingUp.signal.removeEventListener('abort', this.#abort);
  }
}
