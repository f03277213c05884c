// The second secret of this browser's session. The cookie alone opens nothing, since a browser sends it to every port of the host;
// what stands here is read by pages of this origin alone, and goes along with every request as a header.

const key = 'assent.page-secret';

/** What the session's cookie takes beside it; `undefined` where this browser has none, or keeps nothing for this site. */
export function pageSecret(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Thrown where the browser keeps nothing for this site; says to people what to do. */
export class NothingKept extends Error {
  constructor(cause: unknown) {
    super(
      'This browser keeps nothing for this site, and Assent needs a place for one secret. Allow it cookies and site data, and sign in again.',
      { cause },
    );
    this.name = 'NothingKept';
  }
}

/** Keeps the secret of a session that has just begun, in place of the one before. Throws `NothingKept`. */
export function keepPageSecret(secret: string): void {
  try {
    localStorage.setItem(key, secret);
  } catch (error) {
    throw new NothingKept(error);
  }
}

/** For who signs out. */
export function forgetPageSecret(): void {
  if (pageSecret() !== undefined) localStorage.removeItem(key);
}

/**
 * Begins the session anew, and keeps its secret, as one step for all windows of this browser: the cookie is another one as soon as
 * the answer comes, and the secret that goes with it is not yet here.
 */
export function renewing<Result>(begin: () => Promise<Result>): Promise<Result> {
  return locked('exclusive', begin);
}

/** The secret once no window of this browser is about to have another one. */
export function settledPageSecret(): Promise<string | undefined> {
  return locked('shared', async () => pageSecret());
}

/** Browsers have locks on https and localhost alone; elsewhere a window may be sent to sign in again, which it then is. */
async function locked<Result>(mode: LockMode, work: () => Promise<Result>): Promise<Result> {
  const { locks } = navigator as { locks?: LockManager };
  return locks === undefined ? work() : locks.request(key, { mode }, work);
}
