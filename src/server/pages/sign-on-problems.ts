import { z } from 'zod';

/** Why single sign-on let nobody in, as far as it is theirs to know. */
export const signOnProblem = z.enum(['stranger', 'cancelled', 'stale', 'taken', 'ended', 'failed']);
export type SignOnProblem = z.infer<typeof signOnProblem>;

/**
 * Of better-auth's codes, and RFC 6749's. Who is unknown and who has an address that is not verified get one answer:
 * otherwise anybody could ask which addresses have accounts.
 */
const problems: ReadonlyMap<string, SignOnProblem> = new Map([
  ['signup_disabled', 'stranger'],
  ['account_not_linked', 'stranger'],
  ['access_denied', 'cancelled'],
  ['state_mismatch', 'stale'],
  ['state_not_found', 'stale'],
  ['state_invalid', 'stale'],
  ['account_already_linked_to_different_user', 'taken'],
  ['unable_to_link_account', 'ended'],
]);

export function problemOf(code: string): SignOnProblem {
  return problems.get(code) ?? 'failed';
}

const sentences: Readonly<Record<SignOnProblem, (name: string) => string>> = {
  stranger: (name) =>
    `No account here is connected with this account of ${name}, and none has its verified e-mail address. Ask an owner to invite you. If you have an account, sign in another way and connect it in the settings.`,
  cancelled: (name) => `The sign-in was cancelled at ${name}. Nobody was signed in.`,
  stale: () =>
    'This sign-in was begun in another browser, was used already, or took longer than five minutes. Begin again.',
  taken: (name) =>
    `This account of ${name} is connected with another account here. Disconnect it there first, or choose another one.`,
  ended: () =>
    'You were signed out meanwhile, so that nothing was connected. Sign in, and begin again in the settings.',
  failed: (name) =>
    `${name} gave no answer that could be trusted. Try again; if it stays so, tell whoever runs this gateway: its log says more.`,
};

/** What a person reads; `name` is the provider's. */
export function signOnSentence(problem: SignOnProblem, name: string): string {
  const sentence = sentences[problem](name);
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
