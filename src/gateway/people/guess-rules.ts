import type { ErrorCode } from '../../contract/errors.ts';
import type { Allowance } from './attempt-count.ts';

const personLimits: Allowance = {
  /** Wrong passwords for an account, and wrong codes of a user, after which the next try waits. */
  free: 5,
  /** How long it waits: twice as long after each wrong one that follows … */
  firstWaitMs: 5_000,
  /** … and so long at the most, which comes to about a hundred tries a day. */
  longestWaitMs: 15 * 60_000,
  /** In which one of these wrong tries is forgotten. */
  forgetMs: 3600 * 1000,
};

const addressLimits: Allowance = {
  /** Wrong tries of one kind from a client's address (IPv6: its /64) after which the next one waits. Many may be behind it. */
  free: 50,
  /** How long that one waits: twice as long after each wrong one that follows … */
  firstWaitMs: 1_000,
  /** … and so long at the most. */
  longestWaitMs: 60_000,
  /** In which one of these wrong tries is forgotten. */
  forgetMs: 60_000,
};

const deviceCodeLimits: Allowance = {
  /** Codes of the device login that one address may ask for at once: anybody may ask, and each is a row. */
  free: 10,
  /** How long the next one waits then … */
  firstWaitMs: 6_000,
  /** … and each that follows. */
  longestWaitMs: 6_000,
  /** In which one of them is forgotten. */
  forgetMs: 6_000,
};

const beginningLimits: Allowance = {
  /** Passkey sign-ins and single sign-ons that one address may begin at once: each is a row for some minutes. */
  free: 300,
  /** How long the next one waits then … */
  firstWaitMs: 100,
  /** … and each that follows. */
  longestWaitMs: 100,
  /** In which one of them is forgotten. */
  forgetMs: 100,
};

/** What tries are counted by: the account as it was typed, the signed-in user, the client's address. */
export type CountedBy = 'account' | 'user' | 'address';

export interface GuessRule {
  /** Every allowance holds; a try that has to wait for one is not heard. */
  readonly by: Partial<Readonly<Record<CountedBy, Allowance>>>;
  /** The refusals that a wrong try ends with; any other end says nothing of what was tried. Or every try counts, right or wrong. */
  readonly wrong: readonly ErrorCode[] | 'every';
  /** Nobody finds it by trying: a right one is let in however many wrong ones came from the same address. */
  readonly isUnguessable?: true;
  /** What there was too much of. */
  readonly says: string;
}

/** What is counted, by what, how many of it are heard, and over what time. Unknown bearer tokens (256 bits) are not. */
export const guessRules = {
  password: {
    by: { account: personLimits, address: addressLimits },
    wrong: ['unauthenticated'],
    says: 'Too many wrong passwords.',
  },
  currentPassword: { by: { user: personLimits }, wrong: ['forbidden'], says: 'Too many wrong passwords.' },
  userCode: {
    by: { user: personLimits, address: addressLimits },
    wrong: ['invalid_request', 'expired'],
    says: 'Too many wrong codes.',
  },
  deviceCode: { by: { address: deviceCodeLimits }, wrong: 'every', says: 'Too many logins were begun.' },
  beginning: { by: { address: beginningLimits }, wrong: 'every', says: 'Too many sign-ins were begun.' },
  link: {
    by: { address: addressLimits },
    wrong: ['expired'],
    isUnguessable: true,
    says: 'Too many links that are not good.',
  },
  passkey: {
    by: { address: addressLimits },
    wrong: ['not_found', 'forbidden', 'expired', 'invalid_request'],
    isUnguessable: true,
    says: 'Too many passkeys that were not taken.',
  },
} as const satisfies Readonly<Record<string, GuessRule>>;

export type GuessRuleName = keyof typeof guessRules;

/** What a familiar browser or address has for one account: as much as all others have together. */
export const familiarAllowance: Allowance = personLimits;
