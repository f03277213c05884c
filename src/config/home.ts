import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { ConfigError } from './errors.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where Assent keeps its files: `$ASSENT_HOME`; else `~/Library/Application Support/assent` on macOS and
 * `${XDG_CONFIG_HOME:-~/.config}/assent` elsewhere. Throws `usage` where there is no home at all, rather than fall back
 * on a folder that others may write to.
 */
export function assentHome(env: Env, platform: NodeJS.Platform = process.platform): string {
  if (env.ASSENT_HOME) return resolve(env.ASSENT_HOME);
  if (platform !== 'darwin' && env.XDG_CONFIG_HOME && isAbsolute(env.XDG_CONFIG_HOME)) {
    return join(env.XDG_CONFIG_HOME, 'assent');
  }
  const home = env.HOME || (platform === 'win32' ? homedir() : '');
  if (home === '')
    throw new ConfigError(
      'usage',
      'There is no HOME to keep files in. Set ASSENT_HOME to a folder of your own.',
    );
  return platform === 'darwin'
    ? join(home, 'Library', 'Application Support', 'assent')
    : join(home, '.config', 'assent');
}
