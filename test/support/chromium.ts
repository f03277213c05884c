import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** The same engine without windows: a test takes half the time in it. */
const shell = 'chromium-headless-shell';
/** The best first. */
const names = [shell, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The system's Chromium: what `CHROMIUM_PATH` names, or the best on the path. */
export function chromiumPath(): string | undefined {
  return process.env.CHROMIUM_PATH || names.map(onPath).find((path) => path !== undefined);
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

/** One with windows, which alone knows of notifications. */
function windowedPath(): string | undefined {
  return names
    .filter((name) => name !== shell)
    .map(onPath)
    .find((path) => path !== undefined);
}

export const withoutWindows =
  windowedPath() === undefined &&
  'notifications take a Chromium with windows: on Debian, apt-get install chromium';

/** Why the page cannot be tested here; `false` where it can. */
export const withoutChromium =
  chromiumPath() === undefined &&
  'no Chromium here: install one (on Debian: apt-get install chromium), or name it in CHROMIUM_PATH';

/** Installs Debian's where that may be done without asking anybody: as root, with apt. Says what it does. */
export function installChromium(say: (text: string) => void): void {
  const isThere = onPath(shell) !== undefined && windowedPath() !== undefined;
  if (process.env.CHROMIUM_PATH || isThere || process.getuid?.() !== 0) return;
  if (spawnSync('apt-get', ['--version']).status !== 0) return;
  say("installing Debian's Chromium, for the tests of the page");
  aptGet('update');
  const install = (...packages: string[]) => aptGet('install', '-y', '--no-install-recommends', ...packages);
  if (windowedPath() === undefined) install('chromium', 'fonts-dejavu-core');
  // Not every release has it.
  if (onPath(shell) === undefined) install(shell);
}

/** Goes on without what cannot be had. */
function aptGet(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Starts it, without anything that it does of itself. Throws where there is none. */
export async function launchChromium(windows: 'with windows' | 'without' = 'without'): Promise<Browser> {
  const executablePath = windows === 'with windows' ? windowedPath() : chromiumPath();
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
