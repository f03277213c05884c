import { realPath } from '../lib/real-path.ts';
import type { Resolved } from './resolve-step.ts';

export const bubblewrap = '/usr/bin/bwrap';

/**
 * The same command in a PID namespace of its own, where nothing outlives it, with the root as the only folder of this
 * machine that it can write to. Asked for by a policy's `sandbox=required`.
 */
export function sandboxed(step: Resolved, root: string): Resolved {
  const walls = [
    '--unshare-pid',
    '--unshare-ipc',
    '--cap-drop',
    'ALL',
    '--die-with-parent',
    '--ro-bind',
    '/',
    '/',
  ];
  const folders = ['--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp', '--bind', root, root];
  const inside = ['--setenv', 'TMPDIR', '/tmp', '--chdir', step.cwd.realPath, '--', step.argv0, ...step.args];
  const file = realPath(bubblewrap) ?? bubblewrap;
  return { ...step, file, argv0: bubblewrap, args: [...walls, ...folders, ...inside] };
}
