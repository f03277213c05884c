import type { Flag, Moment } from '../tables.ts';
import { type Database, engineOf } from './database.ts';

/** Milliseconds as better-auth's tables keep them on this engine. */
export function toMoment(db: Database, ms: number): Moment {
  return engineOf(db) === 'postgres' ? new Date(ms) : new Date(ms).toISOString();
}

export function fromMoment(moment: Moment): number {
  return new Date(moment).getTime();
}

export function toFlag(db: Database, on: boolean): Flag {
  return engineOf(db) === 'postgres' ? on : Number(on);
}
