/** Every status of an invocation, in the order in which it can come to them. */
export const statuses = [
  'pending',
  'approved',
  'executing',
  'completed',
  'denied',
  'failed',
  'expired',
] as const;
export type Status = (typeof statuses)[number];

interface StatusWord {
  /** How the page calls it. */
  readonly word: string;
  /** Whether nothing more will happen to an invocation in this status. */
  readonly isFinal: boolean;
}

export const statusWords: Readonly<Record<Status, StatusWord>> = {
  pending: { word: 'Waiting', isFinal: false },
  approved: { word: 'Approved', isFinal: false },
  executing: { word: 'Running', isFinal: false },
  completed: { word: 'Completed', isFinal: true },
  failed: { word: 'Failed', isFinal: true },
  denied: { word: 'Denied', isFinal: true },
  expired: { word: 'Expired', isFinal: true },
};

/** Whether nothing more will happen to an invocation in this status. A status of a newer gateway counts as final: nobody waits on it. */
export function isFinal(status: Status): boolean {
  return !Object.hasOwn(statusWords, status) || statusWords[status].isFinal;
}
