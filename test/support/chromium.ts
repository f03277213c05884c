import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The system's Chromium: what `CHROMIUM_PATH` names, or the first on the path. */
export function chromiumPath(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = named ? [named] : folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isProgram);
}

/** Why the page cannot be tested here; `false` where it can. */
export const withoutChromium =
  chromiumPath() === undefined &&
  'no Chromium here: install one (on Debian: apt-get install chromium), or name it in CHROMIUM_PATH';

/** Installs Debian's where that may be done without asking anybody: as root, with apt. Says what it does. */
export function installChromium(say: (text: string) => void): void {
  if (chromiumPath() !== undefined || process.getuid?.() !== 0) return;
  if (spawnSync('apt-get', ['--version']).status !== 0) return;
  say("installing Debian's Chromium, for the tests of the page");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options: SpawnSyncOptions = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
    options,
  );
}

/** Starts it, without anything that it does of itself. Throws where there is none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new TypeError('a test that needs a browser is skipped without one');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
