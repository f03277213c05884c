export interface Part {
  /** As the address has it. */
  readonly slug: PartSlug;
  readonly name: string;
  readonly adminOnly: boolean;
}

export type PartSlug = 'you' | 'browser' | 'preferences' | 'members' | 'secrets' | 'notifications' | 'about';

/** One's own first, then the organization's. */
export const parts: readonly Part[] = [
  { slug: 'you', name: 'You', adminOnly: false },
  { slug: 'browser', name: 'This browser', adminOnly: false },
  { slug: 'preferences', name: 'Your agents', adminOnly: false },
  { slug: 'members', name: 'Members', adminOnly: true },
  { slug: 'secrets', name: 'Secrets', adminOnly: true },
  { slug: 'notifications', name: 'Notifications', adminOnly: true },
  { slug: 'about', name: 'About', adminOnly: false },
];

/** The part that an address means; `/settings` alone is the first. */
export function partCalled(slug: string | undefined): Part | undefined {
  return slug === undefined ? parts[0] : parts.find((part) => part.slug === slug);
}
