/** What kind of token a provider takes, and what it must be allowed: `docs/providers.md` has the same. */
const hints: ReadonlyMap<string, string> = new Map([
  ['linear', 'An API key, or an OAuth token.'],
  ['sentry', 'An auth token with org:read, project:read, event:read and event:write.'],
  ['slack', 'A bot token with channels:read, groups:read, channels:history, groups:history and chat:write.'],
]);

export function tokenHint(providerId: string): string | undefined {
  return hints.get(providerId);
}
