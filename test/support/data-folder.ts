import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readCredentials } from '../../src/config/credentials.ts';
import { secretSealContext } from '../../src/gateway/actions/stored-secret.ts';
import { sealer } from '../../src/lib/seal.ts';
import { gatewayKeys } from '../../src/main/keys.ts';
import type { Cleanup } from './cleanup-stack.ts';
import { assent, type Ended, type Up, up } from './cli.ts';
import { scratchFolder } from './scratch.ts';

/** A machine of one test's own: where `assent` keeps its files, and how it is run there. */
export interface Machine {
  readonly folder: string;
  readonly home: string;
  readonly data: string;
  readonly database: string;
  readonly key: string;
  run(args: readonly string[], env?: Record<string, string>): Promise<Ended>;
  /** `assent up` where it must be refused: gives its exit code and its sentence. */
  refused(...args: string[]): Promise<readonly [number | null, string]>;
  up(args?: readonly string[], env?: Record<string, string>): Promise<Up>;
  putSecret(key: string, value: string): Promise<void>;
}

export function machine(t: Cleanup, folder = scratchFolder(t)): Machine {
  const home = join(folder, 'home');
  const data = join(home, 'data');
  const own = { ASSENT_HOME: home, ASSENT_LOG_LEVEL: 'error' };
  const run: Machine['run'] = (args, env = {}) => assent(args, { ...own, ...env });
  return {
    folder,
    home,
    data,
    database: join(data, 'assent.db'),
    key: join(data, 'secret.key'),
    run,
    async refused(...args) {
      const { code, stderr } = await run(['up', '--port', '0', ...args]);
      return [code, stderr];
    },
    up: (args = [], env = {}) => up(t, ['--port', '0', ...args], { ...own, ...env }),
    async putSecret(key, value) {
      const { url = '', token } = readCredentials(home) ?? {};
      const answer = await fetch(`${url}/v1/secrets/${key}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token?.reveal()}`, 'content-type': 'application/json' },
        body: JSON.stringify({ value }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
  };
}

/** The secrets that a database keeps, opened with the key of a data folder. */
export function secretsIn(database: string, keyFolder: string): Record<string, string> {
  const opener = sealer(gatewayKeys(keyFolder, undefined).sealing);
  const raw = new DatabaseSync(database, { readOnly: true });
  try {
    const rows = raw.prepare('select organization_id, key, sealed from secrets').all();
    return Object.fromEntries(
      rows.map(({ organization_id, key, sealed }) => [
        String(key),
        opener.open(String(sealed), secretSealContext(String(organization_id), String(key))),
      ]),
    );
  } finally {
    raw.close();
  }
}

/** Overwrites the pages of a database behind its first with what no page holds. */
export function damage(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 4096, bytes.length);
  writeFileSync(path, bytes);
}
