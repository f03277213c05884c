/** What a person's token can be made for. The person's role bounds all of it. */
export const scopes = ['read', 'ask', 'approve', 'configure'] as const;
export type Scope = (typeof scopes)[number];
