/** Runs a program. `timeoutMs` 0 is no limit; an empty `cwd` is the receiver's root. */
export interface ExecStep {
  readonly op: 'exec';
  readonly timeoutMs: number;
  readonly cwd: string;
  readonly argv: readonly string[];
}

/** Writes a file whole. `mode` is as for chmod; 0 stands for 0644. */
export interface WriteStep {
  readonly op: 'write';
  readonly mode: number;
  readonly path: string;
  readonly data: Uint8Array;
}

export type Step = ExecStep | WriteStep;

/** What a script says, before anybody has named a key or a time. */
export interface Program {
  readonly env: ReadonlyMap<string, string>;
  readonly steps: readonly Step[];
}

/**
 * What is signed. Times are milliseconds since the epoch, 64 bits wide; `expiresMs` 0 is never. `packId` is 16 bytes as 32
 * hexadecimal digits. Texts that are not UTF-8 keep their bytes: see `textOfBytes`.
 */
export interface Pack extends Program {
  readonly keyId: string;
  readonly packId: string;
  readonly createdMs: bigint;
  readonly expiresMs: bigint;
}

/** Steps of a pack. */
export const maxSteps = 10_000;

/** Bytes of all writes of a pack together. */
export const maxWriteBytes = 8 * 1024 * 1024;
