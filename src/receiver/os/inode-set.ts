import type { BigIntStats } from 'node:fs';
import { Journal } from './journal.ts';

type File = Pick<BigIntStats, 'dev' | 'ino'>;

/**
 * Remembers files across restarts, by inode, which a file keeps under every name that it is given, by links and renames
 * alike. A device may have another number after a restart, and does not count when a file is asked for: an inode that is used
 * again elsewhere is taken for the one that was marked, and never the other way.
 */
export class InodeSet {
  readonly #journal: Journal;
  /** The devices of each inode. */
  readonly #inodes = new Map<string, Set<string>>();

  /** Throws `damaged`. */
  constructor(path: string) {
    this.#journal = new Journal(path, () =>
      [...this.#inodes].flatMap(([inode, on]) => [...on].map((device) => `${device}:${inode}`)),
    );
    for (const line of this.#journal.read(/^[0-9]+:[0-9]+$/)) {
      const [device = '', inode = ''] = line.split(':');
      this.#mark(inode, device);
    }
  }

  has({ ino }: Pick<File, 'ino'>): boolean {
    return this.#inodes.has(String(ino));
  }

  /** Settles when it is on disk; before then the file must not have its name. */
  async add({ dev, ino }: File): Promise<void> {
    if (this.#mark(String(ino), String(dev))) await this.#journal.append(`${dev}:${ino}`);
  }

  /** A file whose last name has gone: its inode is free for others. */
  forget({ dev, ino }: File): void {
    const devices = this.#inodes.get(String(ino));
    devices?.delete(String(dev));
    if (devices?.size === 0) this.#inodes.delete(String(ino));
  }

  close(): void {
    this.#journal.close();
  }

  /** Whether it is new. */
  #mark(inode: string, device: string): boolean {
    const devices = this.#inodes.get(inode) ?? new Set();
    this.#inodes.set(inode, devices);
    return devices.size < devices.add(device).size;
  }
}
