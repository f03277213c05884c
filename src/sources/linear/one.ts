import { VendorFault } from '../vendor-fault.ts';

/** What a name may mean. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  /** Whose it is, in words. */
  readonly where: string;
}

/** Candidates that a refusal names at most. */
const mostNamed = 10;

/**
 * The id of the one that is meant: by its id, else by its name as it is written, else by its name in whatever case. Throws
 * `VendorFault` `not_found` where there is none, and `ambiguous` where there are several: nobody guesses among them.
 */
export function one(candidates: readonly Candidate[], named: string, kind: string, scope = ''): string {
  const exact = candidates.filter(({ id, name }) => id === named || name === named);
  const [first, second] = exact.length > 0 ? exact : candidates;
  if (first === undefined) throw new VendorFault('not_found', `${kind} "${named}"${scope}`);
  if (second === undefined) return first.id;
  const meant = exact.length > 0 ? exact : candidates;
  const listed = meant.slice(0, mostNamed).map(({ id, name, where }) => `"${name}" of ${where} (${id})`);
  const more = meant.length > mostNamed ? ` and ${meant.length - mostNamed} more` : '';
  throw new VendorFault('ambiguous', `more than one ${kind} "${named}": ${listed.join(', ')}${more}`);
}
