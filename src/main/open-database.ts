import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { GatewayConfig } from '../config/gateway.ts';
import { AssentError, messageOf } from '../lib/errors.ts';
import { makePrivateFolder } from '../lib/private-file.ts';
import type { ProcessLock } from '../lib/process-lock.ts';
import { openStore, type Store } from '../store/engine/open.ts';
import { lockDataFolder } from './lock.ts';

export interface OpenDatabase {
  readonly store: Store;
  /** No other gateway can be at work on this database. */
  readonly alone: boolean;
  close(): Promise<void>;
}

/** The embedded database under its lock, or the PostgreSQL that configuration names. Throws with what to do. */
export async function openDatabase(config: GatewayConfig, patienceMs?: number): Promise<OpenDatabase> {
  makeDataFolder(config.dataDir);
  if (config.databaseUrl !== undefined) {
    const store = await openStore({ engine: 'postgres', url: config.databaseUrl.reveal(), patienceMs });
    return { store, alone: false, close: () => store.close() };
  }
  const lock = lockDataFolder(config.dataDir);
  const store = await openLocked(join(config.dataDir, 'assent.db'), lock, patienceMs);
  return {
    store,
    alone: true,
    close: async () => {
      await store.close();
      lock.release();
    },
  };
}

async function openLocked(path: string, lock: ProcessLock, patienceMs?: number): Promise<Store> {
  try {
    return await openStore({ engine: 'sqlite', path, patienceMs });
  } catch (error) {
    lock.release();
    throw error;
  }
}

function makeDataFolder(path: string): void {
  try {
    makePrivateFolder(path);
    accessSync(path, constants.W_OK);
  } catch (cause) {
    throw new AssentError(
      'unwritable',
      `The data folder ${path} cannot be written: ${messageOf(cause)}. Choose another one with --data-dir.`,
      { cause },
    );
  }
}
