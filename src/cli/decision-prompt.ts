import type { Invocation } from '../contract/invocation.ts';
import { visible } from '../shared/odd-characters.ts';
import type { Client } from './client.ts';
import { approveInvocation, denyInvocation, whyFailed } from './decide.ts';
import { Failure } from './exit.ts';
import { actionName, invocationText, type Names } from './invocation-text.ts';
import { note, paint, print } from './print.ts';
import { prettyJson } from './visible.ts';

const keysText = 'a approve · d deny · s skip · q quit';

/** Where results go, where all else, and the time in ms. */
interface Around {
  print(text: string): void;
  note(text: string): void;
  now(): number;
}

/** A key within this time, ms, was meant for what was shown before. */
const settleMs = 500;

/**
 * What a person at a terminal has before them: one invocation at a time, oldest first. Skipped ones come again when `s` is
 * pressed with nothing shown. While a decision is under way, and for a moment after something new is shown, keys do nothing:
 * nobody decides what they have not seen.
 */
export class DecisionPrompt {
  readonly #client: Client;
  readonly #names: Names;
  readonly #out: Around;
  readonly #skipped = new Set<string>();
  readonly #decided = new Set<string>();
  #pending: readonly Invocation[] = [];
  #shown: Invocation | undefined;
  #shownAt = Number.NEGATIVE_INFINITY;
  #busy = false;
  #said = '';

  constructor(client: Client, names: Names, out: Around = { print, note, now: () => performance.now() }) {
    this.#client = client;
    this.#names = names;
    this.#out = out;
  }

  /** What waits now, oldest first. */
  update(pending: readonly Invocation[]): void {
    this.#pending = pending;
    if (this.#busy) return;
    const shown = this.#shown;
    if (shown !== undefined && pending.some(({ id }) => id === shown.id)) return;
    if (shown !== undefined) this.#sayGone(shown);
    this.#showNext();
  }

  async press(key: string): Promise<void> {
    if (this.#busy || !Object.hasOwn(actions, key) || this.#out.now() - this.#shownAt < settleMs) return;
    this.#busy = true;
    try {
      await actions[key]?.(this, this.#shown);
    } finally {
      this.#busy = false;
    }
    this.#showNext();
  }

  async approve(invocation: Invocation): Promise<void> {
    const { result, invocation: ran } = await approveInvocation(this.#client, invocation);
    const failure = whyFailed(ran);
    const head =
      failure === undefined ? paint('green', 'Approved and done.') : paint('red', visible(failure));
    this.#out.print(`${head}\n${prettyJson(result)}`);
  }

  async deny(invocation: Invocation): Promise<void> {
    await denyInvocation(this.#client, invocation);
    this.#out.print(paint('red', 'Denied.'));
  }

  /** What cannot be decided any more is said, and put aside. */
  async decide(decision: Promise<void>, { id }: Invocation): Promise<void> {
    try {
      await decision;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#out.note(error.message);
      if (error.code === 'unreachable' || error.code === 'forbidden') return;
    }
    this.#decided.add(id);
  }

  skip(shown: Invocation | undefined): void {
    if (shown === undefined) this.#skipped.clear();
    else this.#skipped.add(shown.id);
    this.#said = '';
  }

  #showNext(): void {
    const open = this.#pending.filter(({ id }) => !this.#decided.has(id));
    const next = open.find(({ id }) => !this.#skipped.has(id));
    this.#shown = next;
    if (next !== undefined) {
      this.#said = '';
      this.#shownAt = this.#out.now();
      this.#out.print(`\n${invocationText(next, this.#names, Date.now())}\n${paint('dim', keysText)}`);
      return;
    }
    this.#sayOnce(
      open.length === 0
        ? 'No approvals are waiting. (q quits)'
        : `${open.length} skipped. (s shows them again, q quits)`,
    );
  }

  #sayGone(invocation: Invocation): void {
    const name = actionName(invocation, this.#names.sources);
    this.#out.note(`${name} waits no longer: it was decided elsewhere, or its time ran out.`);
  }

  #sayOnce(text: string): void {
    if (this.#said !== text) this.#out.note(text);
    this.#said = text;
  }
}

type Action = (prompt: DecisionPrompt, shown: Invocation | undefined) => Promise<void> | void;

const actions: Readonly<Record<string, Action>> = {
  a: (prompt, shown) => shown && prompt.decide(prompt.approve(shown), shown),
  d: (prompt, shown) => shown && prompt.decide(prompt.deny(shown), shown),
  s: (prompt, shown) => prompt.skip(shown),
};
