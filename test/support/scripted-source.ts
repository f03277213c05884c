import type { RiskFacts } from '../../src/contract/modes.ts';
import type { SourceKind } from '../../src/gateway/gateway.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import type {
  ActionDefinition,
  ActionSource,
  ParamsSchema,
  SourceContext,
} from '../../src/sources/action-source.ts';

type Answer = (params: JsonObject, context: SourceContext) => Promise<unknown>;

/** A source inside the test's own process, which counts what reaches it and answers as the test says. */
export interface ScriptedSource {
  readonly kind: SourceKind;
  readonly calls: { readonly actionId: string; readonly params: JsonObject }[];
  readonly listings: string[];
  /** What the next calls come to; `echo` at first. */
  answer: Answer;
  /** Waited for before the next listing is answered. */
  beforeListing: (() => Promise<void>) | undefined;
  /** Makes the listing fail with this error. */
  broken: Error | undefined;
  actions: ActionDefinition[];
  configuration: string;
}

const textSchema: ParamsSchema = {
  jsonSchema: { type: 'object', properties: { text: { type: 'string' } }, additionalProperties: false },
  check: (params) => {
    const extra = Object.keys(params).find((key) => key !== 'text');
    if (extra !== undefined)
      return { ok: false, issues: [{ path: `/${extra}`, message: 'is not a parameter' }] };
    if (params.text !== undefined && typeof params.text !== 'string') {
      return { ok: false, issues: [{ path: '/text', message: 'must be string' }] };
    }
    return { ok: true, params };
  },
};

export function scriptedAction(
  id: string,
  risk: RiskFacts,
  reviewedHash: string | null = null,
): ActionDefinition {
  return { id, description: `Does ${id}`, risk, params: textSchema, reviewedHash };
}

export const echo: Answer = async (params) => ({ echoed: params });

/** Source `test`, with an action of each risk: `look` (read), `change` (write), `destroy` (danger). */
export function scriptedSource(id = 'test'): ScriptedSource {
  const source: ScriptedSource = {
    calls: [],
    listings: [],
    answer: echo,
    beforeListing: undefined,
    broken: undefined,
    configuration: 'first',
    actions: [
      scriptedAction('look', { default: 'read' }),
      scriptedAction('change', { default: 'write' }),
      scriptedAction('destroy', { default: 'danger' }),
    ],
    kind: async (_gateway, organizationId) => [actionSource(source, id, organizationId)],
  };
  return source;
}

function actionSource(source: ScriptedSource, id: string, organizationId: string): ActionSource {
  return {
    id,
    kind: 'scripted',
    displayName: 'Test source',
    configuration: source.configuration,
    async listActions() {
      source.listings.push(organizationId);
      await source.beforeListing?.();
      if (source.broken !== undefined) throw source.broken;
      return source.actions;
    },
    async execute(actionId, params, context) {
      source.calls.push({ actionId, params });
      return source.answer(params, context);
    },
  };
}
