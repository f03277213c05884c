import type { CatalogAction, CatalogAnswer, CatalogSource } from '../contract/catalog.ts';
import { Failure, usage } from './exit.ts';
import type { Agent } from './who.ts';

export interface Found {
  readonly sourceId: string;
  readonly actionId: string;
}

export function readCatalog({ client, actions }: Agent): Promise<CatalogAnswer> {
  return client.get<CatalogAnswer>(`${actions}/available`);
}

/** What an agent calls a source by: its name where that is one plain word that means no other, else its id. */
export function callName({ id, displayName }: CatalogSource, all: readonly CatalogSource[]): string {
  const isPlain = /^[\w.-]+$/.test(displayName);
  const isTaken = all.some(
    (other) => other.id !== id && (other.id === displayName || other.displayName === displayName),
  );
  return isPlain && !isTaken ? displayName : id;
}

/**
 * The action that `source:action` means: ids go before names. Both may have colons in them, so that what was typed is
 * compared with every action there is, and never taken apart. Throws `usage`, `unknown_action` and `ambiguous`.
 */
export async function actionCalled(typed: string, { sources }: CatalogAnswer): Promise<Found> {
  if (!typed.includes(':'))
    throw usage(`"${typed}" names no action. Write source:action, as \`assent actions list\` shows it.`);
  const byId = matches(typed, sources, ({ id }) => id);
  const [found, ...others] =
    byId.length > 0 ? byId : matches(typed, sources, ({ displayName }) => displayName);
  if (found !== undefined && others.length === 0) return found;
  if (found === undefined) throw await unknownAction(typed, sources);
  const all = [found, ...others].map(
    ({ sourceId, actionId }) => `--integration ${sourceId} --action ${actionId}`,
  );
  throw new Failure(
    'ambiguous',
    `"${typed}" can mean ${all.length} actions. Write one of: ${all.join(' or ')}.`,
  );
}

function matches(
  typed: string,
  sources: readonly CatalogSource[],
  nameOf: (source: CatalogSource) => string,
): Found[] {
  return pairs(sources)
    .filter(({ source, action }) => typed === `${nameOf(source)}:${action.id}`)
    .map(({ source, action }) => ({ sourceId: source.id, actionId: action.id }));
}

function pairs(sources: readonly CatalogSource[]): { source: CatalogSource; action: CatalogAction }[] {
  return sources.flatMap((source) => source.actions.map((action) => ({ source, action })));
}

async function unknownAction(typed: string, sources: readonly CatalogSource[]): Promise<Failure> {
  const { didYouMean } = await import('../lib/nearest.ts');
  const known = pairs(sources).map(({ source, action }) => `${callName(source, sources)}:${action.id}`);
  const hint =
    didYouMean(typed, known) ||
    ' `assent actions list` shows what there is; a source that does not answer is left out.';
  return new Failure('unknown_action', `There is no action "${typed}" for this session.${hint}`);
}
