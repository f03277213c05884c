import { accessSync, constants } from 'node:fs';
import type { GatewayConfig } from '../config/gateway.ts';
import { AssentError, messageOf } from '../lib/errors.ts';
import { makePrivateFolder } from '../lib/private-file.ts';
import type { ProcessLock } from '../lib/process-lock.ts';
import { openStore, type Store } from '../store/engine/open.ts';
import { databaseIn, refuseMissingKey, settleDataFolder, type TellSlow } from './data-folder.ts';
import { lockDataFolder } from './lock.ts';

export interface OpenDatabase {
  readonly store: Store;
  /** No other gateway can be at work on this database. */
  readonly alone: boolean;
  /** What was put aside for a start as a new organization, if anything was. */
  readonly putAside?: string | undefined;
  close(): Promise<void>;
}

/** The embedded database under its lock, or the PostgreSQL that configuration names. Throws with what to do. */
export async function openDatabase(
  config: GatewayConfig,
  tell: TellSlow = () => {},
  patienceMs?: number,
): Promise<OpenDatabase> {
  makeDataFolder(config.dataDir);
  if (config.databaseUrl !== undefined) {
    const store = await openStore({ engine: 'postgres', url: config.databaseUrl.reveal(), patienceMs });
    try {
      await refuseMissingKey(config, store.db);
    } catch (error) {
      await store.close();
      throw error;
    }
    return { store, alone: false, close: () => store.close() };
  }
  const lock = lockDataFolder(config.dataDir);
  const { store, putAside } = await openLocked(config, lock, tell, patienceMs);
  return {
    store,
    alone: true,
    putAside,
    close: async () => {
      await store.close();
      lock.release();
    },
  };
}

async function openLocked(
  config: GatewayConfig,
  lock: ProcessLock,
  tell: TellSlow,
  patienceMs?: number,
): Promise<{ store: Store; putAside: string | undefined }> {
  try {
    const putAside = settleDataFolder(config, tell);
    const store = await openStore({ engine: 'sqlite', path: databaseIn(config.dataDir), patienceMs });
    return { store, putAside };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Makes it where it is not there. Throws `unwritable`. */
export function makeDataFolder(path: string): void {
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
