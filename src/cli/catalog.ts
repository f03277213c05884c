import type { CatalogAnswer, CatalogSource } from '../contract/catalog.ts';
import { type ActionReference, actionsCalled, callName } from '../shared/action-names.ts';
import { Failure, usage } from './exit.ts';
import type { Agent } from './who.ts';

export function readCatalog({ client, actions }: Agent): Promise<CatalogAnswer> {
  return client.get<CatalogAnswer>(`${actions}/available`);
}

/** The action that `source:action` means. Throws `usage`, `unknown_action` and `ambiguous`. */
export async function actionCalled(typed: string, { sources }: CatalogAnswer): Promise<ActionReference> {
  if (!typed.includes(':'))
    throw usage(`"${typed}" names no action. Write source:action, as \`assent actions list\` shows it.`);
  const [found, ...others] = actionsCalled(typed, sources);
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

async function unknownAction(typed: string, sources: readonly CatalogSource[]): Promise<Failure> {
  const { didYouMean } = await import('../lib/nearest.ts');
  const known = sources.flatMap((source) =>
    source.actions.map(({ id }) => `${callName(source, sources)}:${id}`),
  );
  const hint =
    didYouMean(typed, known) ||
    ' `assent actions list` shows what there is; a source that does not answer is left out.';
  return new Failure('unknown_action', `There is no action "${typed}" for this session.${hint}`);
}
