import { accessSync, closeSync, constants, readFileSync } from 'node:fs';
import { secretNames, secretVariable } from '../config/secret-variable.ts';
import { isJsonObject } from '../lib/json.ts';
import { Failure } from './exit.ts';

/** Addresses, which are secret where they have a user in them. */
const addresses = ['ASSENT_DATABASE_URL', 'HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];
const all: readonly string[] = [...new Set([...secretNames, ...addresses, 'PGPASSWORD'])];

/** Set where the secrets come by a descriptor: that of the second start. */
const mark = 'ASSENT_SECRETS_FD';
const descriptor = '3';

/**
 * What a process was started with, Linux shows to every program of the same user (`/proc/<pid>/environ`), whatever becomes of
 * `process.env`. So where a secret is in it, the process becomes a shell, which puts the secrets into a pipe, and the shell becomes the
 * same process again, without them: `execve` keeps the process's number, parent, standard streams and signals. What comes after this
 * function runs in the second start alone, with the secrets in `process.env`.
 *
 * Gives the names of the secrets. Throws `unreadable` where they were not handed over.
 */
export function hideSecrets(): readonly string[] {
  if (process.env[mark] !== undefined) return takeSecrets();
  const names = all.filter((name) => isSecret(name, process.env[name]));
  if (names.length > 0 && canStartAgain()) startAgain(names);
  return names;
}

function isSecret(name: string, value: string | undefined): boolean {
  return Boolean(value) && (!addresses.includes(name) || value?.includes('@') === true);
}

/** Not where a parent speaks with it over a channel, which would be lost. */
function canStartAgain(): boolean {
  if (process.platform !== 'linux' || process.execve === undefined || process.connected) return false;
  try {
    accessSync('/bin/sh', constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A short here-document is a pipe in the shells that Linux has as `sh`; nothing of it is in arguments, or in a file with a name. */
const script = `exec ${descriptor}<<END
$ASSENT_SECRETS
END
unset ASSENT_SECRETS
exec "$@"`;

/** Does not return. */
function startAgain(names: readonly string[]): void {
  const env = { ...process.env };
  const secrets = Object.fromEntries(names.map((name) => [name, env[name]]));
  for (const name of secretNames) {
    // A file may be a descriptor, which this start has and the next has not.
    const value = secretVariable(env, name);
    if (value) secrets[name] = value;
    delete env[`${name}_FILE`];
  }
  for (const name of Object.keys(secrets)) delete env[name];
  env['ASSENT_SECRETS'] = Buffer.from(JSON.stringify(secrets)).toString('base64');
  env[mark] = descriptor;
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  process.execve?.('/bin/sh', ['sh', '-c', script, 'sh', ...again], env);
}

function takeSecrets(): string[] {
  delete process.env[mark];
  let secrets: unknown;
  try {
    secrets = JSON.parse(Buffer.from(readFileSync(Number(descriptor), 'utf8'), 'base64').toString());
    closeSync(Number(descriptor));
  } catch (cause) {
    throw notHandedOver(cause);
  }
  if (!isJsonObject(secrets)) throw notHandedOver(undefined);
  for (const [name, value] of Object.entries(secrets)) {
    if (typeof value !== 'string') throw notHandedOver(undefined);
    process.env[name] = value;
  }
  return Object.keys(secrets);
}

function notHandedOver(cause: unknown): Failure {
  return new Failure(
    'unreadable',
    `${mark} is set, and there are no secrets to be read there. \`assent up\` sets it for itself: unset it.`,
    { cause },
  );
}
