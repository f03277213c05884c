import { spawnSync } from 'node:child_process';

/**
 * The ids of all processes that this one started, and that those started, but for branches whose command is not wanted.
 * Empty where there is no `ps`, as in some small images.
 */
export function processesUnder(pid: number, isWanted: (command: string) => boolean): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' });
  const all = (stdout ?? '').split('\n').map((line) => {
    const [id = '', parent = '', ...command] = line.trim().split(/\s+/);
    return { id: Number(id), parent: Number(parent), command: command.join(' ') };
  });
  const under = (parent: number): number[] =>
    all
      .filter((one) => one.parent === parent && isWanted(one.command))
      .flatMap(({ id }) => [id, ...under(id)]);
  return under(pid);
}

/** Kills at once; one that has ended meanwhile is no error. */
export function killAll(ids: readonly number[]): void {
  for (const id of ids) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}
