import type { RiskHints } from '../../src/contract/modes.ts';
import type { SourceKind } from '../../src/gateway/gateway.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import type { RunningGateway } from '../../src/main/start.ts';
import type {
  ActionDefinition,
  ActionSource,
  ParamsSchema,
  SourceContext,
} from '../../src/sources/action-source.ts';
import { deleteReviewedActions, putReview } from '../../src/store/reviewed-actions.ts';

type Answer = (params: JsonObject, context: SourceContext) => Promise<unknown>;

/** What a source answers with that says itself that the action failed; anything else is an answer as it is. */
export class SaidFailed {
  readonly answer: unknown;
  readonly reason: string;

  constructor(answer: unknown, reason: string) {
    this.answer = answer;
    this.reason = reason;
  }
}

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
  credentialKeys: string[];
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

export function scriptedAction(id: string, risk: RiskHints): ActionDefinition {
  return { id, description: `Does ${id}`, risk, params: textSchema };
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
    credentialKeys: [],
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
    reviewable: true,
    setUpBy: null,
    configuration: source.configuration,
    credentialKeys: source.credentialKeys,
    async listActions() {
      source.listings.push(organizationId);
      await source.beforeListing?.();
      if (source.broken !== undefined) throw source.broken;
      return source.actions;
    },
    async execute(actionId, params, context) {
      source.calls.push({ actionId, params });
      const said = await source.answer(params, context);
      return said instanceof SaidFailed
        ? { answer: said.answer, isError: true, reasonIn: () => said.reason }
        : { answer: said, isError: false };
    },
  };
}

/** Puts a review on record that is of another definition than the one that is offered. Answers what takes it away again. */
export async function reviewOther(
  { gateway, owner }: Pick<RunningGateway, 'gateway' | 'owner'>,
  actionId: string,
): Promise<() => Promise<void>> {
  const row = {
    organization_id: owner.organizationId,
    source_id: 'test',
    action_id: actionId,
    found_risk: 'read',
    hash: 'f'.repeat(64),
    description: 'As it was',
    params: '{}',
    reviewed_by: owner.userId,
    reviewed_at: 0,
  } as const;
  await gateway.store.write((tx) => putReview(tx, row, null));
  return () => gateway.store.write((tx) => deleteReviewedActions(tx, owner.organizationId, 'test'));
}
