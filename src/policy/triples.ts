/**
 * Finds where any of many triples of characters stands in a text, in one pass that looks at each character once: the last five
 * bits of three characters are a number of fifteen bits, so that capitals and small letters count as the same. What reads the
 * place decides whether it is more than a likeness.
 */
export class Triples<Found> {
  /** Of each number one more than the index of its entry, or 0. */
  readonly #index = new Uint16Array(1 << 15);
  readonly #entries: Found[][] = [];

  add(triple: string, found: Found): void {
    const hash = hashOf(triple);
    const known = this.#index[hash] ?? 0;
    if (known > 0) {
      const entry = this.#entries[known - 1];
      if (!entry?.includes(found)) entry?.push(found);
      return;
    }
    this.#entries.push([found]);
    this.#index[hash] = this.#entries.length;
  }

  /** Whether any triple stands in the text: nearly every text ends here. */
  isIn(text: string): boolean {
    const index = this.#index;
    let hash = 0;
    for (let at = 0; at < text.length; at += 1) {
      hash = ((hash << 5) | (text.charCodeAt(at) & 31)) & 0x7fff;
      if (index[hash] !== 0 && at >= 2) return true;
    }
    return false;
  }

  /**
   * Calls `visit` with everything of which a triple begins at `at`, in the order of the text: those that end from `start` on and
   * before `end`, so that pieces one after another find what the whole does.
   */
  scan(
    text: string,
    visit: (found: readonly Found[], at: number) => void,
    start = 0,
    end: number = text.length,
  ): void {
    const index = this.#index;
    let hash = hashOf(text.slice(Math.max(0, start - 3), start));
    for (let at = start; at < end; at += 1) {
      hash = ((hash << 5) | (text.charCodeAt(at) & 31)) & 0x7fff;
      const entry = index[hash] ?? 0;
      if (entry > 0 && at >= 2) visit(this.#entries[entry - 1] ?? [], at - 2);
    }
  }
}

function hashOf(triple: string): number {
  let hash = 0;
  for (let at = 0; at < triple.length; at += 1) hash = (hash << 5) | (triple.charCodeAt(at) & 31);
  return hash;
}
