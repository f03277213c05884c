import type { Clock } from '../lib/clock.ts';
import type { Pack } from '../pack/pack.ts';
import { skewMs } from './authorize.ts';
import { Journal } from './os/journal.ts';
import { Refusal } from './refusal.ts';

/** `<pack_id in hex>\t<expires_ms>`, as the original program writes it. */
const entry = /^[0-9a-f]{32}\t[0-9]{1,20}$/;

/**
 * Remembers which packs were let through, so that each is at most once: by pack_id, since another valid signature can be
 * made of any signature. On disk before the first step runs, until the pack has expired for certain, and for ever where
 * it never expires.
 */
export class ReplayStore {
  readonly #journal: Journal;
  readonly #now: Clock;
  /** When each pack expires; 0 is never. */
  readonly #expiries: Map<string, bigint>;

  /** Throws `damaged` where the file is damaged. */
  constructor(path: string, now: Clock) {
    this.#now = now;
    this.#journal = new Journal(path, () => this.#live());
    const lines = this.#journal.read(entry);
    this.#expiries = new Map(lines.map((line) => [line.slice(0, 32), BigInt(line.slice(33))]));
  }

  /** Throws the refusal `replay` where the pack was let through before. */
  check({ packId }: Pack): void {
    if (this.#expiries.has(packId)) throw new Refusal('replay');
  }

  /** Settles once the pack is on disk and may run. Throws the refusals `replay` and `replay store unavailable`. */
  async remember(pack: Pack): Promise<void> {
    this.check(pack);
    this.#expiries.set(pack.packId, pack.expiresMs);
    try {
      await this.#journal.append(`${pack.packId}\t${pack.expiresMs}`);
    } catch {
      this.#expiries.delete(pack.packId);
      throw new Refusal('replay store unavailable');
    }
  }

  close(): void {
    this.#journal.close();
  }

  #live(): string[] {
    const now = BigInt(this.#now());
    for (const [packId, expiresMs] of this.#expiries) {
      if (expiresMs !== 0n && now > expiresMs + skewMs) this.#expiries.delete(packId);
    }
    return [...this.#expiries].map(([packId, expiresMs]) => `${packId}\t${expiresMs}`);
  }
}
