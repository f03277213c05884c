// Some things take a person who has shown lately who they are (RFC 9470). Whatever is refused for that waits here until they have
// shown it once more, or have thought better of it; `shell/confirm-identity` asks them.

/** What the frame asks a person at present. */
export interface Confirmation {
  /** They have shown it: what waits is done once more. */
  readonly confirm: () => void;
  /** What waits is not done. */
  readonly cancel: () => void;
}

type Outcome = 'confirmed' | 'cancelled';

let current: (Confirmation & { readonly outcome: Promise<Outcome> }) | undefined;
const listeners = new Set<() => void>();

/** Waits for the person, once for all that is refused at the same time; `unasked` on pages where nobody asks them. */
export async function confirmation(): Promise<Outcome | 'unasked'> {
  if (listeners.size === 0) return 'unasked';
  if (current === undefined) show(newConfirmation());
  return current?.outcome ?? 'cancelled';
}

function newConfirmation(): typeof current {
  const { promise: outcome, resolve } = Promise.withResolvers<Outcome>();
  const end = (how: Outcome) => () => {
    show(undefined);
    resolve(how);
  };
  return { outcome, confirm: end('confirmed'), cancel: end('cancelled') };
}

function show(next: typeof current): void {
  current = next;
  for (const listener of listeners) listener();
}

/** For whoever asks the person. Gives back what ends it. */
export function onConfirmation(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentConfirmation(): Confirmation | undefined {
  return current;
}
