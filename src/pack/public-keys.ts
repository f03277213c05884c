import type { KeyObject } from 'node:crypto';
import { configLines } from '../lib/config-lines.ts';
import { messageOf } from '../lib/errors.ts';
import { parsePublicKey } from './keys.ts';

export interface PublicKeys {
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** Lines that are no key, for the log. They can only deny, and do not stop the start. */
  readonly skipped: readonly string[];
}

/** Reads the keys that are trusted: `<key_id> <base64 of the point>`, a line each. Of two lines for one key the last counts. */
export function parsePublicKeys(text: string, path: string): PublicKeys {
  const keys = new Map<string, KeyObject>();
  const skipped: string[] = [];
  for (const [number, line] of configLines(text)) {
    const [, keyId = '', key = ''] = /^(\S+)[ \t]*(.*)$/s.exec(line) ?? [];
    try {
      keys.set(keyId, parsePublicKey(key));
    } catch (error) {
      // The line may be meant to take the key's place: an older one does not outlive it.
      keys.delete(keyId);
      skipped.push(`${path} line ${number}: ${messageOf(error)}`);
    }
  }
  return { keys, skipped };
}
