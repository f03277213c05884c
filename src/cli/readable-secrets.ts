import { readFileSync } from 'node:fs';
import { secretNames } from '../config/secret-variable.ts';

/**
 * The processes, from this one upwards, in whose environment a program of the same user can read one of these variables: one sentence
 * each, for who started them.
 */
export function readableSecrets(names: readonly string[]): string[] {
  const sentences: string[] = [];
  for (let pid = process.pid; pid > 0; pid = parentOf(pid)) {
    const has = names.filter((name) => `\0${ofProcess(pid, 'environ')}`.includes(`\0${name}=`));
    if (has.length > 0)
      sentences.push(
        `Local commands of connectors can read ${new Intl.ListFormat('en').format(has)} in the environment of process ${pid} (${ofProcess(pid, 'comm').trim()}). Start the gateway from one that has no secrets: ${secretNames.map((name) => `${name}_FILE`).join(', ')} name files to read them from.`,
      );
  }
  return sentences;
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)$/m.exec(ofProcess(pid, 'status'))?.[1] ?? 0);
}

/** '' where it cannot be read, by a local command neither. */
function ofProcess(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
