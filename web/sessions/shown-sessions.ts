/** Which sessions the list shows; it stands in the address. Without it: those that are live. */
export interface ShownSessions {
  readonly show?: 'all';
}

/** From an address that anybody may have written: what makes no sense is left out. */
export function readShownSessions(search: Readonly<Record<string, unknown>>): ShownSessions {
  return search.show === 'all' ? { show: 'all' } : {};
}
