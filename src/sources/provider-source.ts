import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type JsonObject, toJson } from '../lib/json.ts';
import {
  type ActionDefinition,
  type ActionSource,
  type ParamsSchema,
  type SourceContext,
  SourceError,
  withheld,
} from './action-source.ts';
import type { Provider, ProviderAction, VendorCall } from './provider.ts';
import { vendorClient } from './vendor-client.ts';
import { VendorFault, vendorSentence } from './vendor-fault.ts';

/** What an organization has set up of a provider. */
export interface Integration {
  /** The key that the context resolves to its token. */
  readonly secretKey: string;
  /** `null` is the vendor's own. */
  readonly baseUrl: string | null;
  /** Changes when it is set anew. */
  readonly version: number;
}

export interface ProviderOptions {
  readonly allowPrivateAddresses: boolean;
  /** Of one action, tries included, in milliseconds; 30,000. */
  readonly limitMs?: number;
}

/** Characters of a sentence that a vendor has its part in. */
const mostCharacters = 600;
/** How long is waited before each further try of a read, in milliseconds. */
const pausesMs = [300, 1000, 3000];

/** The source that an integration is. */
export function providerSource(
  provider: Provider,
  integration: Integration,
  options: ProviderOptions,
): ActionSource {
  const baseUrl = integration.baseUrl ?? provider.baseUrl;
  const definitions = provider.actions.map(toDefinition);
  return {
    id: provider.id,
    kind: 'provider',
    displayName: provider.displayName,
    reviewable: true,
    setUpBy: { type: 'integration', id: provider.id },
    configuration: JSON.stringify([provider.id, baseUrl, integration.version]),
    credentialKeys: [integration.secretKey],
    listActions: async () => definitions,
    guide: async () => provider.guide,
    async execute(actionId, params, context) {
      const found = provider.actions.find(({ id }) => id === actionId);
      if (found === undefined)
        throw new SourceError('action_failed', `${provider.displayName} has no ${actionId}.`);
      const answer = await perform(provider, found, params, { baseUrl, integration, options, context });
      return { answer, isError: false };
    },
  };
}

interface Circumstances {
  readonly baseUrl: string;
  readonly integration: Integration;
  readonly options: ProviderOptions;
  readonly context: SourceContext;
}

/**
 * Asks, again where that does no harm, and says in one sentence what went wrong. A change that the vendor has answered with success
 * is done, though nobody could read the answer.
 */
async function perform(
  provider: Provider,
  action: ProviderAction,
  params: JsonObject,
  { baseUrl, integration, options, context }: Circumstances,
): Promise<unknown> {
  const token = await context.credential(integration.secretKey);
  const { limitMs = 30_000, allowPrivateAddresses } = options;
  await using client = vendorClient({ allowPrivateAddresses, signal: context.signal, limitMs });
  const call: VendorCall = { baseUrl, token, client };
  const until = performance.now() + limitMs;
  for (let tries = 0; ; tries++) {
    try {
      // The gateway has checked the params by this action's own schema.
      return await action.run(params as never, call);
    } catch (error) {
      const fault = error instanceof VendorFault ? error : client.faultOf(error);
      if (client.hasChanged(fault))
        return withheld(`${provider.displayName} answered, in a way that cannot be read.`);
      const wait = action.risk === 'read' ? patience(fault, tries) : undefined;
      if (wait === undefined || performance.now() + wait > until)
        throw failure(provider, fault, { client, context });
      await pause(wait, undefined, { signal: context.signal }).catch(() => undefined);
    }
  }
}

/** How long to wait before the next try, in milliseconds; `undefined` where there is none. */
function patience(fault: VendorFault, tries: number): number | undefined {
  const usual = pausesMs[tries];
  if (!fault.isPassing || usual === undefined) return undefined;
  return Math.max(usual, fault.retryAfterMs ?? 0);
}

function failure(
  { displayName }: Provider,
  fault: VendorFault,
  { client, context }: { client: VendorCall['client']; context: SourceContext },
): SourceError {
  const sentence = vendorSentence(fault, displayName, client.mayHaveChanged);
  const code =
    fault.code === 'unreachable' || fault.code === 'private_address' ? 'source_unavailable' : 'action_failed';
  // Cut when the token is out of it: a part of one would not be found.
  return new SourceError(code, context.withoutSecrets(sentence).slice(0, mostCharacters), { cause: fault });
}

function toDefinition(action: ProviderAction): ActionDefinition {
  return {
    id: action.id,
    description: action.description,
    risk: { default: action.risk },
    params: paramsSchema(action.params),
  };
}

function paramsSchema(schema: z.ZodObject): ParamsSchema {
  return {
    // zod's own JSON Schema is plain JSON.
    jsonSchema: toJson(z.toJSONSchema(schema, { io: 'input' })) as JsonObject,
    check(params) {
      const checked = schema.safeParse(params);
      if (checked.success) return { ok: true, params: toJson(checked.data) as JsonObject };
      const issues = checked.error.issues.map(({ path, message }) => ({
        path: path.map((part) => `/${String(part)}`).join(''),
        message,
      }));
      return { ok: false, issues };
    },
  };
}
