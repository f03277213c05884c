import { usage } from '../exit.ts';

export const timeFlags = {
  'ttl-ms': { type: 'text', value: 'MS', about: 'how long the pack may be run, in milliseconds (300000)' },
  'no-expiry': { type: 'switch', about: 'let the pack be run for ever: with --ttl-ms 0' },
} as const;

interface TimeFlags {
  readonly 'ttl-ms': string | undefined;
  readonly 'no-expiry': boolean;
}

/** How long a pack may be run after it was made, unless it says otherwise. */
const defaultMs = 300_000;

/** Throws `usage`; a pack that never expires has to be asked for twice. */
export function ttlOf(flags: TimeFlags): number {
  const text = flags['ttl-ms'] ?? (flags['no-expiry'] ? '0' : String(defaultMs));
  if (!/^[0-9]{1,15}$/.test(text))
    throw usage(`--ttl-ms is "${text}". Give milliseconds, as a whole number.`);
  if (Number(text) === 0 && !flags['no-expiry'])
    throw usage('--ttl-ms 0 makes a pack that never expires. If that is meant, add --no-expiry.');
  return Number(text);
}
