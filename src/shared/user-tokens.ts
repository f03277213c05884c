/** How long a person's token works unless it says otherwise; also one of a command line that was let in. */
export const defaultTokenSeconds = 90 * 24 * 3600;

/** What a person's token can be made for. The person's role bounds all of it. */
export const scopes = ['read', 'ask', 'approve', 'configure'] as const;
export type Scope = (typeof scopes)[number];

/** What each lets its bearer do, as an instruction. */
export const scopeSays: Readonly<Record<Scope, string>> = {
  read: 'see what you see',
  ask: 'open and end agents’ sessions',
  approve: 'approve, deny and reveal what waits',
  configure: 'change settings, and give and end access',
};
