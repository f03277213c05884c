import type { OmittedTool } from '../../contract/connectors.ts';
import { Secret } from '../../lib/secret.ts';
import { withoutSecrets } from '../../policy/secret-spans.ts';
import {
  type ActionSource,
  type Credential,
  type SourceContext,
  SourceError,
} from '../../sources/action-source.ts';
import type { Gateway } from '../gateway.ts';
import { notSet, storedSecret } from './stored-secret.ts';

/** A source's context, and beside it every value that a credential gave through it: what redaction looks for. */
export interface OpenContext extends Disposable {
  readonly context: SourceContext;
  readonly revealed: readonly string[];
  /** What lists left out that were asked for through it. */
  readonly omitted: readonly OmittedTool[];
}

/**
 * `sessionId` is whose lists may come from a cache; `null` asks afresh. `longestMs` is the source's own word. `report` hears of
 * progress.
 */
export function openContext(
  gateway: Gateway,
  organizationId: string,
  sessionId: string | null,
  { longestMs = 0 }: Pick<ActionSource, 'longestMs'> = {},
  report?: (progress: string | number, revealed: readonly string[]) => void,
): OpenContext {
  const revealed: string[] = [];
  const omitted: OmittedTool[] = [];
  const read = async (key: string): Promise<Secret> => {
    const value = await storedSecret(gateway, organizationId, key);
    if (value === undefined) throw new SourceError('source_unavailable', notSet(key));
    if (!revealed.includes(value)) revealed.push(value);
    return new Secret(value);
  };
  const limit = new Limit(gateway, Math.max(gateway.limits.executionMs, longestMs));
  const context: SourceContext = {
    sessionId,
    get signal() {
      return limit.signal;
    },
    credential: async (key) => new StoredCredential(await read(key), () => read(key)),
    ...(report !== undefined && { onProgress: (progress) => report(progress, revealed) }),
    onOmitted: (one) => omitted.push(one),
    withoutSecrets: (text) => withoutSecrets(text, revealed),
  };
  return { context, revealed, omitted, [Symbol.dispose]: () => limit.end() };
}

/** What `read` gives is known to redaction before anybody sees it. */
class StoredCredential implements Credential {
  readonly #read: () => Promise<Secret>;
  #secret: Secret;

  constructor(secret: Secret, read: () => Promise<Secret>) {
    this.#secret = secret;
    this.#read = read;
  }

  reveal(): string {
    return this.#secret.reveal();
  }

  async refresh(): Promise<void> {
    this.#secret = await this.#read();
  }
}

/** Aborts when the time is over or the gateway gives up. Its clock runs from the first use: a cached list never asks for it. */
class Limit {
  readonly #gateway: Gateway;
  readonly #ms: number;
  readonly #abort = (): void => this.#controller?.abort();
  #controller: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(gateway: Gateway, ms: number) {
    this.#gateway = gateway;
    this.#ms = ms;
  }

  get signal(): AbortSignal {
    this.#controller ??= this.#begin();
    return this.#controller.signal;
  }

  #begin(): AbortController {
    const { givingUp } = this.#gateway;
    const controller = new AbortController();
    this.#timer = setTimeout(this.#abort, this.#ms);
    givingUp.signal.addEventListener('abort', this.#abort, { once: true });
    if (givingUp.signal.aborted) controller.abort();
    return controller;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#gateway.givingUp.signal.removeEventListener('abort', this.#abort);
  }
}
