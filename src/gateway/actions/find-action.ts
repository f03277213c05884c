import { messageOf } from '../../lib/errors.ts';
import type { JsonObject } from '../../lib/json.ts';
import { didYouMean } from '../../lib/nearest.ts';
import { recordableText } from '../../policy/record.ts';
import { modeKey } from '../../shared/mode-key.ts';
import type { ActionDefinition, ActionSource } from '../../sources/action-source.ts';
import type { SessionScope } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { sourceOf, sourcesOf } from './catalog.ts';
import type { FoundAction } from './hashes.ts';
import { type OpenContext, openContext } from './source-context.ts';

/**
 * The action that a session names. Throws `unknown_action` with the nearest names, `source_disabled` where the session's
 * user has switched it off, `source_unavailable` where its source cannot be asked.
 */
export async function findAction(
  gateway: Gateway,
  scope: SessionScope,
  sourceId: string,
  actionId: string,
): Promise<FoundAction> {
  refuseDisabled(scope.policy.disabled, sourceId, actionId);
  const source = await findSource(gateway, scope.organizationId, sourceId);
  using opened = openContext(gateway, scope.organizationId, scope.sessionId, source);
  const definitions = await listOrRefuse(source, opened);
  const definition = definitions.find((candidate) => candidate.id === actionId);
  if (definition !== undefined) return { source, definition };
  const left = opened.omitted.find(({ tool }) => tool === actionId);
  if (left !== undefined)
    throw new GatewayError(
      'unknown_action',
      `${source.displayName} has an action "${actionId}" that is left out: ${left.reason}.`,
    );
  const known = definitions.map((candidate) => candidate.id);
  throw new GatewayError(
    'unknown_action',
    `${source.displayName} has no action "${actionId}".${didYouMean(actionId, known)}`,
  );
}

/** Throws `unknown_action`, with the nearest names. */
export async function findSource(
  gateway: Gateway,
  organizationId: string,
  sourceId: string,
): Promise<ActionSource> {
  const source = await sourceOf(gateway, organizationId, sourceId);
  if (source !== undefined) return source;
  const known = (await sourcesOf(gateway, organizationId)).map(({ id }) => id);
  const hint = known.length === 0 ? ' No source is set up yet.' : didYouMean(sourceId, known);
  throw new GatewayError(
    'unknown_action',
    `There is no source "${sourceId}".${hint} \`assent actions list\` shows them all.`,
  );
}

/** Which of the switched-off entries an action falls under; `undefined` where none. */
export function disabledEntry(
  disabled: readonly string[],
  sourceId: string,
  actionId: string,
): string | undefined {
  return disabled.find((one) => one === sourceId || one === modeKey(sourceId, actionId));
}

/** Throws `source_disabled`. */
export function refuseDisabled(disabled: readonly string[], sourceId: string, actionId: string): void {
  const entry = disabledEntry(disabled, sourceId, actionId);
  if (entry === undefined) return;
  throw new GatewayError(
    'source_disabled',
    `"${entry}" is switched off in the preferences of this session's user, who can switch it on with \`assent preferences enable ${entry}\`.`,
  );
}

async function listOrRefuse(source: ActionSource, opened: OpenContext): Promise<readonly ActionDefinition[]> {
  try {
    return await source.listActions(opened.context);
  } catch (cause) {
    const reason = recordableText(messageOf(cause), opened.revealed);
    throw new GatewayError('source_unavailable', `${source.displayName} cannot be reached: ${reason}`, {
      cause,
    });
  }
}

/** The params as the action's own schema takes them. Throws `invalid_params`, with a path and a reason each. */
export async function checkParams(definition: ActionDefinition, params: JsonObject): Promise<JsonObject> {
  const checked = await definition.params.check(params);
  if (checked.ok) return checked.params;
  const [first] = checked.issues;
  const at = first === undefined || first.path === '' ? '' : ` at ${first.path}`;
  throw new GatewayError(
    'invalid_params',
    `The params do not fit "${definition.id}"${at}: ${first?.message ?? 'they are refused by its schema'}.`,
    { issues: checked.issues },
  );
}
