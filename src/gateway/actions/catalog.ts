import type { CatalogSource } from '../../contract/catalog.ts';
import { messageOf } from '../../lib/errors.ts';
import { mapInTurns } from '../../lib/in-turns.ts';
import { recordableText } from '../../policy/record.ts';
import { modeKey } from '../../shared/mode-key.ts';
import type { ActionDefinition, ActionSource } from '../../sources/action-source.ts';
import type { SessionScope } from '../callers.ts';
import { notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { evaluate } from './evaluate.ts';
import { reviewsOf } from './reviews.ts';
import { openContext } from './source-context.ts';

/** Every source of an organization, of whatever kind. */
export async function sourcesOf(gateway: Gateway, organizationId: string): Promise<ActionSource[]> {
  const kinds = await Promise.all(gateway.sourceKinds.map((kind) => kind(gateway, organizationId)));
  return kinds.flat();
}

/** The source of this id; `undefined` where the organization has none. */
export async function sourceOf(
  gateway: Gateway,
  organizationId: string,
  sourceId: string,
): Promise<ActionSource | undefined> {
  return (await sourcesOf(gateway, organizationId)).find(({ id }) => id === sourceId);
}

/**
 * One merged catalog. A source that cannot be listed, or offers nothing, is left out; what the session's user has
 * switched off is left out as well (seed 002, section 6.1).
 */
export async function catalog(gateway: Gateway, scope: SessionScope): Promise<CatalogSource[]> {
  const { policy } = scope;
  const { disabled } = policy;
  const [sources, reviewOf] = await Promise.all([
    sourcesOf(gateway, scope.organizationId),
    reviewsOf(gateway.store.db, scope.organizationId),
  ]);
  const visible = sources.filter((source) => !disabled.includes(source.id));
  const listed = await Promise.all(
    visible.map(async (source) => ({ source, actions: await listOrOmit(gateway, scope, source) })),
  );
  const offered: CatalogSource[] = [];
  for (const { source, actions } of listed) {
    const enabled = actions.filter((definition) => !disabled.includes(modeKey(source.id, definition.id)));
    if (enabled.length === 0) continue;
    const shown = await mapInTurns(enabled, (definition) => {
      const { riskLevel, mode, modeSource } = evaluate({
        sourceId: source.id,
        definition,
        review: reviewOf(source.id, definition.id),
        modes: policy,
      });
      const { id, description } = definition;
      return { id, description, riskLevel, mode, modeSource, params: definition.params.jsonSchema };
    });
    offered.push({ id: source.id, kind: source.kind, displayName: source.displayName, actions: shown });
  }
  return offered;
}

async function listOrOmit(
  gateway: Gateway,
  scope: SessionScope,
  source: ActionSource,
): Promise<readonly ActionDefinition[]> {
  using opened = openContext(gateway, scope.organizationId, scope.sessionId, source);
  try {
    return await source.listActions(opened.context);
  } catch (error) {
    const reason = recordableText(messageOf(error), opened.revealed);
    gateway.log.warn({ sourceId: source.id, reason }, 'source left out of the catalog');
    return [];
  }
}

/** What a source tells agents about itself; where it has no guide, the list of its actions. */
export async function guide(gateway: Gateway, scope: SessionScope, sourceId: string): Promise<string> {
  const offered = (await catalog(gateway, scope)).find((candidate) => candidate.id === sourceId);
  const source = await sourceOf(gateway, scope.organizationId, sourceId);
  if (offered === undefined || source === undefined) throw notFound("source in this session's catalog");
  using opened = openContext(gateway, scope.organizationId, scope.sessionId, source);
  return (await source.guide?.(opened.context)) ?? guideFromActions(offered);
}

function guideFromActions(source: CatalogSource): string {
  const lines = source.actions.map(
    ({ id, riskLevel, mode, description }) =>
      `- \`${id}\` (${riskLevel}, ${mode}): ${description.split('\n')[0] ?? ''}`,
  );
  return [`# ${source.displayName}`, '', ...lines, ''].join('\n');
}
