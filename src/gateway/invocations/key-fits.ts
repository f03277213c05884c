import type { Sealer } from '../../lib/seal.ts';
import type { Database } from '../../store/engine/database.ts';
import { type SealedRow, sealedRows } from '../../store/sealed.ts';
import { integrationSealContext, secretSealContext } from '../actions/stored-secret.ts';
import { webhookSealContext } from '../notifications/targets.ts';
import { paramsSealContext } from './sealed-params.ts';
import { resultSealContext } from './whole-result.ts';

/**
 * Whether a key is the one of this database: it opens something of what is sealed there, or nothing is. A single row that does
 * not open says nothing of the key.
 */
export async function keyFits(db: Database, sealer: Sealer): Promise<boolean> {
  const rows = await sealedRows(db);
  return rows.length === 0 || rows.some((row) => opens(row, sealer));
}

function opens(row: SealedRow, sealer: Sealer): boolean {
  try {
    sealer.open(row.sealed, contextOf(row));
    return true;
  } catch {
    return false;
  }
}

function contextOf(row: SealedRow): string {
  switch (row.kind) {
    case 'secret':
      return secretSealContext(row.organizationId, row.key);
    case 'integration':
      return integrationSealContext(row.organizationId, row.provider);
    case 'webhook':
      return webhookSealContext(row.id);
    case 'params':
      return paramsSealContext(row.id);
    case 'result':
      return resultSealContext(row.id);
  }
}
