import type { Source } from '../../../src/contract/sources.ts';
import { modeKey } from '../../../src/shared/mode-key.ts';

/** What is switched off, by where it belongs. */
export interface Entries {
  /** Whether the whole source is off, and the entries that name actions of it, by the source's id. */
  readonly of: ReadonlyMap<string, SourceEntries>;
  /** Belong to no source that there is. */
  readonly left: readonly string[];
}

export interface SourceEntries {
  readonly isOff: boolean;
  readonly actions: readonly string[];
}

/** Sorts what is switched off. A source id may hold colons: an entry belongs to the longest id that it begins with. */
export function sortEntries(disabled: readonly string[], sources: readonly Source[]): Entries {
  const ids = sources.map(({ id }) => id).toSorted((a, b) => b.length - a.length);
  const ownerOf = (entry: string) =>
    ids.find((id) => entry === id) ?? ids.find((id) => entry.startsWith(modeKey(id, '')));
  return {
    of: new Map(
      ids.map((id) => [
        id,
        entriesOf(
          id,
          disabled.filter((entry) => ownerOf(entry) === id),
        ),
      ]),
    ),
    left: disabled.filter((entry) => ownerOf(entry) === undefined),
  };
}

function entriesOf(id: string, entries: readonly string[]): SourceEntries {
  return { isOff: entries.includes(id), actions: entries.filter((entry) => entry !== id) };
}

/** Entries for actions that the source does not offer now. */
export function notOffered(
  sourceId: string,
  entries: readonly string[],
  actionIds: readonly string[],
): readonly string[] {
  const offered = new Set(actionIds.map((id) => modeKey(sourceId, id)));
  return entries.filter((entry) => !offered.has(entry));
}
