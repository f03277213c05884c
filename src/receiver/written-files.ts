import type { BigIntStats } from 'node:fs';
import { Journal } from '../lib/journal.ts';

/**
 * Remembers which files packs have written, across restarts: such a file is never run. By inode, which a file keeps under
 * every name that it is given, by links and renames alike. An inode that was freed and used again can only deny.
 */
export class WrittenFiles {
  readonly #journal: Journal;
  readonly #inodes: Set<string>;

  /** Throws `damaged` where the file is damaged. */
  constructor(path: string) {
    this.#journal = new Journal(path, () => [...this.#inodes]);
    this.#inodes = new Set(this.#journal.read(/^[0-9]+$/));
  }

  has(file: Pick<BigIntStats, 'ino'>): boolean {
    return this.#inodes.has(String(file.ino));
  }

  /** Settles when it is on disk; before then the file must not have its name. */
  async add(file: Pick<BigIntStats, 'ino'>): Promise<void> {
    const inode = String(file.ino);
    if (this.#inodes.has(inode)) return;
    this.#inodes.add(inode);
    await this.#journal.append(inode);
  }

  /** A file whose last name is about to go: its inode is free for others. */
  forget(file: Pick<BigIntStats, 'ino'>): void {
    this.#inodes.delete(String(file.ino));
  }

  close(): void {
    this.#journal.close();
  }
}
