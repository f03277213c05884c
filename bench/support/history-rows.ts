// A million invocations over thirty days, straight into the database: what `bench/history.ts` looks through.
import { DatabaseSync } from 'node:sqlite';
import type { InvocationRow } from '../../src/store/tables.ts';
import { sized } from './rounds.ts';

export const organizationId = 'bench';
export const rowCount = Number(process.env.ROWS ?? sized(1_000_000, 2000));
const spanMs = 30 * 24 * 3600_000;
export const endsAt = Date.UTC(2026, 5, 1);
export const rareSource = 'rare';
export const rareWord = 'Needle "in" hay';
const sessionRows = 500;

const words = 'alpha beta gamma delta release deploy rollback customer invoice build error retry'.split(' ');

/** Which of the rows are rare, by their number: what is looked for at the far end of everything. */
const rare = new Set([0.31, 0.6, 0.93].map((share) => Math.floor(rowCount * share)));

export function sessionOf(index: number): string {
  return idAt(endsAt - 2 * spanMs, Math.floor(index / sessionRows));
}

export function idOf(index: number): string {
  return idAt(timeOf(index), index);
}

export function timeOf(index: number): number {
  return endsAt - spanMs + Math.floor((index * spanMs) / rowCount);
}

/** A UUIDv7 (RFC 9562, section 5.7) with a number in place of chance, so that the order is known. */
function idAt(ms: number, number: number): string {
  const time = ms.toString(16).padStart(12, '0');
  const tail = number.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`;
}

/** Most complete, one in fifty is denied, one in two hundred expires, and three fail. */
function statusOf(index: number): InvocationRow['status'] {
  if (rare.has(index)) return 'failed';
  if (index % 200 === 7) return 'expired';
  return index % 50 === 3 ? 'denied' : 'completed';
}

function rowOf(index: number): Record<string, string | number | null> {
  const status = statusOf(index);
  const at = timeOf(index);
  const says = Array.from({ length: 30 }, (_, place) => words[(index * 7 + place * place) % words.length]);
  const text = rare.has(index) ? `${says.join(' ')} ${rareWord}` : says.join(' ');
  return {
    id: idOf(index),
    organization_id: organizationId,
    session_id: sessionOf(index),
    source_id: rare.has(index) ? rareSource : `source-${index % 5}`,
    action_id: `action_${index % 17}`,
    risk_level: 'write',
    mode: 'allow',
    mode_source: 'inferred_default',
    status,
    params: JSON.stringify({ number: index, title: says[0], body: text }),
    result:
      status === 'completed' ? JSON.stringify({ ok: true, url: `https://example.com/${index}`, text }) : null,
    error: status === 'failed' ? 'the vendor answered 500' : null,
    denied_reason: status === 'denied' ? 'not today' : null,
    created_at: at,
    completed_at: at + 120,
  };
}

export function fill(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('pragma synchronous = off');
  const columns = Object.keys(rowOf(0));
  const insert = database.prepare(
    `insert into action_invocations (${columns.join()}) values (${columns.map((name) => `:${name}`).join()})`,
  );
  database.exec('begin');
  for (let index = 0; index < rowCount; index++) insert.run(rowOf(index));
  database.exec('commit');
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
}
