import { bytesOfText } from '../lib/byte-text.ts';

/** How a step went. `exit` is 1 where the program was killed or never started; a time is milliseconds. */
export interface Ran {
  readonly exit: number;
  readonly signal: string | undefined;
  readonly error: string | undefined;
  readonly durMs: number;
  readonly timedOut: boolean;
  /** There was more output than is kept. */
  readonly truncated: boolean;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** Every line of the reply, in one place. Source: design, section 4, "Then `OK pack_id=…`". */
export const lines = {
  accepted: (packId: string, steps: number) => line(`OK pack_id=${packId} steps=${steps}`),
  refused: (reason: string) => line(`ERR ${reason}`),
  stepRefused: (step: number, reason: string) => line(`STEP ${step} ERR ${reason}`),
  wrote: (step: number, bytes: number, path: string) =>
    line(`STEP ${step} write OK bytes=${bytes} path=${path}`),
  notWritten: (step: number, reason: string) => line(`STEP ${step} write ERR ${reason}`),
};

/** What the line of an exec step begins with, however it goes. */
export function stepBegins(step: number): string {
  return `STEP ${step} exec exit=`;
}

/** The line of an exec step, and what it wrote. `dropped` are the variables that it did not get. */
export function stepRan(step: number, ran: Ran, dropped: readonly string[]): Buffer {
  const fields = [
    `${stepBegins(step)}${ran.exit} dur_ms=${ran.durMs}`,
    ran.timedOut && 'timed_out=1',
    ran.truncated && 'truncated=1',
    ran.signal !== undefined && `signal=${ran.signal}`,
    dropped.length > 0 && `env_dropped=${named(dropped)}`,
    // The last: it may hold blanks.
    ran.error !== undefined && `error=${ran.error}`,
  ];
  const head = line(fields.filter((field) => field !== false).join(' '));
  return Buffer.concat([head, block('STDOUT', ran.stdout), block('STDERR', ran.stderr)]);
}

/** Names that are no names can be long, and many; they are there to be read. */
function named(dropped: readonly string[]): string {
  const names = dropped.slice(0, 50).map((name) => name.slice(0, 64).replace(/[^A-Za-z0-9_]/g, '?'));
  return [...names, ...(dropped.length > 50 ? [`and_${dropped.length - 50}_more`] : [])].join(',');
}

/** The count says where the bytes end: nothing that a program writes can pass for a line of ours. */
function block(name: string, bytes: Buffer): Buffer {
  if (bytes.length === 0) return bytes;
  const end = bytes.at(-1) === 0x0a ? '' : '\n';
  return Buffer.concat([Buffer.from(`--- ${name} (${bytes.length} bytes) ---\n`), bytes, Buffer.from(end)]);
}

/** A line stays one, whatever a pack or an error message put into it. */
function line(text: string): Buffer {
  return bytesOfText(`${text.replace(/\p{Cc}/gu, '?')}\n`);
}
