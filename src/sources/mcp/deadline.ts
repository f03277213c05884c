import { McpFault } from './faults.ts';

/** When an operation is given up. Its signal aborts with a `McpFault`: `deadline`, or `stopped` when the caller stops waiting. */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal;
  readonly #stop = (): void => this.#controller.abort(new McpFault('stopped'));
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number, caller: AbortSignal) {
    this.#caller = caller;
    if (caller.aborted) this.#stop();
    caller.addEventListener('abort', this.#stop, { once: true });
    this.begin(ms);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** So long from now, in ms; what was left is forgotten. `toldMs`: how long that is altogether. */
  begin(ms: number, toldMs = ms): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#controller.abort(new McpFault('deadline', `${toldMs / 1000} s`)),
      ms,
    );
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#caller.removeEventListener('abort', this.#stop);
  }
}
