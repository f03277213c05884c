import type { Invocation } from '../contract/invocation.ts';
import type { WaitingParams } from '../contract/invocation-context.ts';
import { visibleText } from '../shared/look-alikes.ts';
import { hiddenIn, type Piece, prettyShown } from '../shared/shown-json.ts';
import { at, type Client } from './client.ts';
import { Failure } from './exit.ts';

/** Invocations whose params are asked for at a time. */
const atOnce = 8;

/** What would run of those that wait: whole, where the record's copy may hide and shorten. For who may decide. */
export class ParamsViews {
  readonly #client: Client;
  #views: ReadonlyMap<string, WaitingParams> = new Map();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Asks for those that are not known; all others are forgotten. */
  async learn(invocations: readonly Invocation[]): Promise<void> {
    const views = new Map<string, WaitingParams>();
    const waiting = invocations.filter(({ status }) => status === 'pending');
    for (let from = 0; from < waiting.length; from += atOnce) {
      const some = waiting.slice(from, from + atOnce);
      const found = await Promise.all(
        some.map(async ({ id }) => this.#views.get(id) ?? (await this.#ask(id))),
      );
      for (const [index, view] of found.entries())
        if (view !== undefined) views.set(some[index]?.id ?? '', view);
    }
    this.#views = views;
  }

  /** `undefined` where it waits no longer, or for who may not decide it. */
  of(id: string): WaitingParams | undefined {
    return this.#views.get(id);
  }

  async #ask(id: string): Promise<WaitingParams | undefined> {
    try {
      return await this.#client.get<WaitingParams>(at`/v1/invocations/${id}/params`);
    } catch (error) {
      if (error instanceof Failure && passing.has(error.code)) return undefined;
      throw error;
    }
  }
}

const passing: ReadonlySet<string> = new Set(['forbidden', 'not_found', 'conflict', 'expired']);

/** JSON over several lines; `‹redacted: 40 characters›` is what is hidden, and nothing else can be. */
export function viewText(json: readonly Piece[]): string {
  return prettyShown(json)
    .map((piece) =>
      typeof piece === 'string' ? visibleText(piece) : `‹redacted: ${charactersText(piece.hidden)}›`,
    )
    .join('');
}

/** How much of it is hidden, and how to see it; `undefined` where nothing is. */
export function hiddenText(id: string, json: readonly Piece[]): string | undefined {
  const { places, characters } = hiddenIn(json);
  if (places === 0) return undefined;
  const where = places === 1 ? 'in one place' : `in ${places} places`;
  return `${charactersText(characters)} hidden, ${where}; all of it, on record: assent inbox reveal ${id}`;
}

function charactersText(count: number): string {
  return count === 1 ? '1 character' : `${count} characters`;
}
