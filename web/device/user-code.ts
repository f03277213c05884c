/** A code as it is written, whatever somebody has typed: `BCDF-GHJK`; `undefined` where it cannot be one. */
export function userCodeIn(typed: string): string | undefined {
  const letters = typed.replaceAll(/[\s-]/g, '').toUpperCase();
  return /^[A-Z]{8}$/.test(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : undefined;
}

export interface DeviceSearch {
  /** As the command line's link has it. */
  readonly user_code?: string;
}

/** What an address names: a code, or nothing. */
export function readDeviceSearch(search: Readonly<Record<string, unknown>>): DeviceSearch {
  const code = typeof search['user_code'] === 'string' ? userCodeIn(search['user_code']) : undefined;
  return code === undefined ? {} : { user_code: code };
}
