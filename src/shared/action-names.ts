interface NamedSource {
  readonly id: string;
  readonly displayName: string;
  readonly actions: readonly { readonly id: string }[];
}

/** What an agent calls a source by: its name where that is one plain word that means no other source, else its id. */
export function callName(
  { id, displayName }: NamedSource,
  all: readonly Pick<NamedSource, 'id' | 'displayName'>[],
): string {
  const isPlain = /^[\w.-]+$/.test(displayName);
  const isTaken = all.some(
    (other) => other.id !== id && (other.id === displayName || other.displayName === displayName),
  );
  return isPlain && !isTaken ? displayName : id;
}

export interface ActionReference {
  readonly sourceId: string;
  readonly actionId: string;
}

/**
 * The actions that `source:action` can mean: by the sources' ids, and only where none fits by their names. Names, ids and
 * actions may have colons in them, so that what was typed is compared with every action there is, and never taken apart.
 */
export function actionsCalled(typed: string, sources: readonly NamedSource[]): ActionReference[] {
  const byId = matches(typed, sources, ({ id }) => id);
  return byId.length > 0 ? byId : matches(typed, sources, ({ displayName }) => displayName);
}

function matches(
  typed: string,
  sources: readonly NamedSource[],
  nameOf: (source: NamedSource) => string,
): ActionReference[] {
  return sources.flatMap((source) =>
    source.actions
      .filter(({ id }) => typed === `${nameOf(source)}:${id}`)
      .map(({ id }) => ({ sourceId: source.id, actionId: id })),
  );
}
