import { ApiError } from './refusal.ts';

/** A person who is not signed in any more is sent to sign in, and comes back to the same place. */
export function signInAgain(error: unknown): void {
  if (!(error instanceof ApiError) || error.code !== 'unauthenticated') return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/login?next=${encodeURIComponent(here)}`);
}
