/** Milliseconds that the gateway's clock is ahead of this machine's; its `Date` tells whole seconds. */
let aheadMs = 0;

const within = 2000;

/** From the `Date` of an answer (RFC 9110, section 6.6.1). What is as near as that can tell is no difference. */
export function noteServerTime(date: string | null): void {
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) return;
  const apart = at - Date.now();
  aheadMs = Math.abs(apart) <= within ? 0 : apart;
}

/** The time by the gateway's clock, which is the one that things expire by. Milliseconds. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}
