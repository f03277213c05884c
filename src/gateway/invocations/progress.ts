import type { Progress } from '../../contract/events.ts';
import { recordableText } from '../../policy/record.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { announceProgress } from '../announce.ts';
import type { Gateway } from '../gateway.ts';
import { toInvocation } from '../to-invocation.ts';

/** A source may report as often as it likes; between two reports that are heard lie this many ms. */
const betweenMs = 250;
/** UTF-16 units; a longer text is dropped, since it could not be redacted as often as it may come. */
const mostRead = 10_000;
/** UTF-16 units of a text that are told. */
const mostTold = 500;

/** What one execution reports while it runs, to those who listen now: best effort, redacted, and kept nowhere. */
export class ProgressReports {
  readonly #gateway: Gateway;
  readonly #row: InvocationRow;
  #heardAt = Number.NEGATIVE_INFINITY;
  #hasEnded = false;

  constructor(gateway: Gateway, row: InvocationRow) {
    this.#gateway = gateway;
    this.#row = row;
  }

  /** `revealed`: the values of credentials that must not be told. What comes too soon, or after the end, is dropped. */
  report(reported: string | number, revealed: readonly string[]): void {
    const now = this.#gateway.clock();
    if (this.#hasEnded || now - this.#heardAt < betweenMs) return;
    const progress = progressOf(reported, revealed);
    if (progress === undefined) return;
    this.#heardAt = now;
    announceProgress(this.#gateway, toInvocation(this.#row), progress);
  }

  end(): void {
    this.#hasEnded = true;
  }
}

/** `undefined` for a text that is too long to be redacted at this rate, and for what is no fraction. */
function progressOf(reported: string | number, revealed: readonly string[]): Progress | undefined {
  if (typeof reported === 'number')
    return reported >= 0 && reported <= 1 ? { text: null, fraction: reported } : undefined;
  if (reported.length > mostRead) return undefined;
  // Cut when secrets are out of it: a part of one would not be found.
  return { text: recordableText(reported, revealed).slice(0, mostTold), fraction: null };
}
