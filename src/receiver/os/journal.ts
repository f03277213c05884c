import {
  closeSync,
  constants,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { AssentError } from '../../lib/errors.ts';

const { O_RDWR, O_CREAT, O_APPEND, O_TRUNC, O_RDONLY } = constants;
const sync = promisify(fdatasync);
/** Below this many lines, those that count no more are not worth a rewrite. */
const worthCompacting = 1000;
/** Below this many milliseconds, a sync is waited for where it is called: a program takes as long to start. */
const quickMs = 2;

interface Waiting {
  readonly line: string;
  readonly settle: (error?: unknown) => void;
}

/**
 * A file of lines that is only added to, and is on disk when it says so. What comes while the disk is busy goes with the
 * next sync, all together. A line that a crash or a full disk tore is taken off again: nobody was told of it.
 */
export class Journal {
  readonly #path: string;
  readonly #live: () => string[];
  #descriptor: number;
  #length = 0;
  #lines = 0;
  #compactAt = worthCompacting;
  /** What the last sync took; the first is not known to be quick. */
  #syncMs = Number.POSITIVE_INFINITY;
  #waiting: Waiting[] = [];
  #busy = false;
  /** Set when nobody knows any more what is on disk. Nothing is taken then until the next start. */
  #lost: unknown;

  /** `live` gives the lines that count, whenever the file is worth writing anew. */
  constructor(path: string, live: () => string[]) {
    this.#path = path;
    this.#live = live;
    this.#descriptor = openSync(path, O_RDWR | O_CREAT | O_APPEND, 0o600);
  }

  /** The whole lines that are there; asked for once, before the first is added. Throws `damaged` where one is not as the pattern says. */
  read(pattern: RegExp): readonly string[] {
    const text = readFileSync(this.#descriptor, 'latin1');
    this.#length = text.lastIndexOf('\n') + 1;
    ftruncateSync(this.#descriptor, this.#length);
    const lines = text.slice(0, this.#length).split('\n').slice(0, -1);
    const damaged = lines.findIndex((line) => !pattern.test(line));
    if (damaged !== -1)
      throw new AssentError(
        'damaged',
        `${this.#path} line ${damaged + 1} is damaged. What it remembered is lost; take the line out if you can answer for that.`,
      );
    this.#lines = lines.length;
    this.#compactAt = Math.max(worthCompacting, 2 * lines.length);
    return lines;
  }

  /** Settles when the line is on disk. Rejects where it cannot be written; then it is not in the file. */
  append(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, settle: (error) => (error === undefined ? resolve() : reject(error)) });
      if (!this.#busy) void this.#writeAll();
    });
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  async #writeAll(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const error = this.#lost ?? (await this.#write(batch.map(({ line }) => line)));
      for (const { settle } of batch) settle(error);
      if (this.#lines >= this.#compactAt) this.#compact();
    }
    this.#busy = false;
  }

  async #write(lines: readonly string[]): Promise<unknown> {
    const text = joined(lines);
    try {
      writeWhole(this.#descriptor, text);
      await this.#sync();
      this.#length += text.length;
      this.#lines += lines.length;
      return undefined;
    } catch (error) {
      this.#takeBack();
      return error;
    }
  }

  /** Where the disk is quick, going to another thread and back would take longer than it does. */
  async #sync(): Promise<void> {
    const began = performance.now();
    if (this.#syncMs < quickMs) fdatasyncSync(this.#descriptor);
    else await sync(this.#descriptor);
    this.#syncMs = performance.now() - began;
  }

  /** A torn line must not be the beginning of the next one. */
  #takeBack(): void {
    try {
      ftruncateSync(this.#descriptor, this.#length);
    } catch (error) {
      this.#lost = error;
    }
  }

  /** Writes the lines that count beside the file, and puts that in its place. Between two batches: nobody else writes. */
  #compact(): void {
    const lines = this.#live();
    const text = joined(lines);
    const beside = `${this.#path}.new`;
    this.#compactAt = Math.max(worthCompacting, 2 * lines.length, this.#lines + worthCompacting);
    let descriptor: number | undefined;
    try {
      rmSync(beside, { force: true, recursive: true });
      descriptor = openSync(beside, O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0o600);
      writeWhole(descriptor, text);
      fsyncSync(descriptor);
      renameSync(beside, this.#path);
    } catch {
      // The old file is as good as it was; there will be another occasion.
      if (descriptor !== undefined) closeSync(descriptor);
      return;
    }
    closeSync(this.#descriptor);
    this.#descriptor = descriptor;
    this.#length = text.length;
    this.#lines = lines.length;
    this.#compactAt = Math.max(worthCompacting, 2 * lines.length);
    try {
      syncFolder(dirname(this.#path));
    } catch (error) {
      this.#lost = error;
    }
  }
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** A full disk takes the part that fits, and says so only when it is given the rest. */
function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

/** A rename is on disk when its folder is. */
export function syncFolder(path: string): void {
  const folder = openSync(path, O_RDONLY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
