import type { KeyObject } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assentHome } from '../../config/home.ts';
import { codeOf } from '../../lib/errors.ts';
import { makePrivateFolder } from '../../lib/private-file.ts';
import { generateKey, parsePrivateKey, privateKeyPem } from '../../pack/keys.ts';
import { Failure, usage } from '../exit.ts';

export const keyFlag = {
  type: 'text',
  value: 'ID',
  about: 'which key signs (default)',
} as const;

const defaultId = 'default';

/** The id that was given, or `default`. It is the name of a file: throws `usage` for what could lead elsewhere. */
export function keyIdOf(given: string | undefined): string {
  const id = given ?? defaultId;
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id)) return id;
  throw usage(`"${id}" cannot be a key id. Take letters, digits, dots, dashes and underscores, 64 at most.`);
}

/** The key that signs. Throws `no_key` where there is none, and where others may read it. */
export function signingKey(id: string): KeyObject {
  const key = readKey(id);
  if (key !== undefined) return key;
  const command = `assent action-pack keygen${id === defaultId ? '' : ` --id ${id}`}`;
  throw new Failure('no_key', `signing key not found (run: ${command})`);
}

/** The key, made where there is none yet. Two that make it at once get the same. */
export function makeKey(id: string): KeyObject {
  const present = readKey(id);
  if (present !== undefined) return present;
  const path = keyPath(id);
  const temporary = `${path}.${process.pid}.tmp`;
  makePrivateFolder(dirname(path));
  try {
    writeFileSync(temporary, privateKeyPem(generateKey()), { mode: 0o600, flag: 'wx', flush: true });
    linkSync(temporary, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  return signingKey(id);
}

function readKey(id: string): KeyObject | undefined {
  const path = keyPath(id);
  try {
    if ((statSync(path).mode & 0o077) !== 0)
      throw new Failure('no_key', `the key ${path} may be read by others. Run: chmod 600 '${path}'`);
    return parsePrivateKey(readFileSync(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) === 'bad_key') throw new Failure('no_key', `${path} holds no P-256 private key in PEM`);
    throw error;
  }
}

function keyPath(id: string): string {
  return join(assentHome(process.env), 'keys', `${id}.pem`);
}
