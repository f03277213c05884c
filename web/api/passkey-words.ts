import { NothingKept } from './page-secret.ts';
import { ApiError } from './refusal.ts';

/** By the name of the browser's own error (WebAuthn Level 3, sections 5.1.3 and 5.1.4). */
const words: Readonly<Record<string, string>> = {
  NotAllowedError: 'It was cancelled, or took too long. Try again.',
  AbortError: 'It was cancelled. Try again.',
  InvalidStateError: 'This device or key has a passkey for you already.',
  SecurityError:
    'Passkeys belong to a name: open this gateway by its name, like https://assent.example.com or http://localhost, not by a bare address.',
  NotSupportedError: 'This device or key cannot make a passkey that Assent takes. Try another one.',
  ConstraintError: 'This device or key has no PIN, fingerprint or face set up. Set one up, then try again.',
};

/** What a person reads of whatever went wrong with a passkey. */
export function passkeyWords(thrown: unknown): string {
  if (thrown instanceof ApiError || thrown instanceof NothingKept) return thrown.message;
  const name = thrown instanceof Error ? thrown.name : '';
  return words[name] ?? 'The browser refused the passkey. Try again, or sign in another way.';
}
