import { ago } from '../shared/relative-time.ts';
import { localTime } from './when.ts';

/** How long before a token's end the command line begins to say how close it is. */
export const endsSoonMs = 14 * 24 * 3600 * 1000;

/** Until when a token works, and how long that still is where it ends soon. Milliseconds since the epoch. */
export function worksUntil(expiresAt: string | null, now: number): string {
  if (expiresAt === null) return 'works until revoked';
  const at = Date.parse(expiresAt);
  if (at <= now) return 'expired';
  const moment = localTime(expiresAt);
  return endsSoon(expiresAt, now) ? `ends ${ago(at, now)}, at ${moment}` : `works until ${moment}`;
}

/** Whether a token that still works has little time left. */
export function endsSoon(expiresAt: string | null, now: number): boolean {
  if (expiresAt === null) return false;
  const left = Date.parse(expiresAt) - now;
  return left > 0 && left <= endsSoonMs;
}
