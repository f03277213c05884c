import { Turns } from '../../lib/turns.ts';
import type { McpConnector } from './connector.ts';
import { McpFault } from './faults.ts';

/** Operations of a local command that wait for the one before them. */
const mostWaiting = 64;
/** How long a call waits for those before it, in ms. */
export const longestWaitMs = 120_000;

/**
 * One process of a local command at a time, for each connector: most servers of this kind are written for one client, and two of
 * them overwrite each other's files. `parallel` says of a server that several may run.
 */
export class CommandTurns {
  readonly #turns = new Map<string, Turns>();

  /** Waits `waitMs` at most. Throws `McpFault` `busy`, and `stopped` where the caller stops waiting; nothing has been sent then. */
  async take({ id, transport }: McpConnector, waitMs: number, caller: AbortSignal): Promise<Disposable> {
    if (transport.type === 'http' || transport.parallel === true)
      return { [Symbol.dispose]: () => undefined };
    const turns = this.#turns.get(id) ?? new Turns(mostWaiting);
    this.#turns.set(id, turns);
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), waitMs);
    try {
      const turn = await turns.take(AbortSignal.any([caller, patience.signal]));
      if (turn === undefined) throw new McpFault('busy', `${mostWaiting} calls wait for it already`);
      return {
        [Symbol.dispose]: () => {
          turn[Symbol.dispose]();
          if (turns.isIdle) this.#turns.delete(id);
        },
      };
    } catch (error) {
      if (caller.aborted) throw new McpFault('stopped');
      if (!patience.signal.aborted) throw error;
      throw new McpFault('busy', `those before it took longer than ${waitMs / 1000} s`);
    } finally {
      clearTimeout(timer);
    }
  }
}
