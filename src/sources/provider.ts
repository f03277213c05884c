import type { z } from 'zod';
import type { Credential } from './action-source.ts';
import type { VendorClient } from './vendor-client.ts';

/**
 * A SaaS vendor whose API is built in. It is a folder and a line in `providers.ts`: what it offers is data, and each action
 * a function of checked params. Which organization asks, with which token, is told at the moment of the call.
 */
export interface Provider {
  /** The source's id, and the first half of every mode key. */
  readonly id: string;
  readonly displayName: string;
  /** Where its API is, unless an organization has its own. */
  readonly baseUrl: string;
  /** Markdown for the agent: how the actions belong together. */
  readonly guide: string;
  readonly actions: readonly ProviderAction[];
}

export interface ProviderAction {
  readonly id: string;
  readonly description: string;
  /** A read is asked again where the vendor is busy; anything else is sent once. */
  readonly risk: 'read' | 'write' | 'danger';
  readonly params: z.ZodObject;
  /** Throws `VendorFault`. */
  readonly run: (params: never, call: VendorCall) => Promise<unknown>;
}

/** What one call may use. */
export interface VendorCall {
  readonly baseUrl: string;
  readonly token: Pick<Credential, 'reveal'>;
  readonly client: VendorClient;
}

/** Keeps the params' type between the schema and the function. */
export function action<Params extends z.ZodObject>(definition: {
  readonly id: string;
  readonly description: string;
  readonly risk: ProviderAction['risk'];
  readonly params: Params;
  readonly run: (params: z.infer<Params>, call: VendorCall) => Promise<unknown>;
}): ProviderAction {
  // `never` takes any params: what is run has been checked by this very schema (`provider-source.ts`).
  return definition;
}
