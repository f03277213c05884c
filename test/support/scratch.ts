import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { defer } from './cleanup-stack.ts';

/** A folder of one test's own, gone afterwards. */
export function scratchFolder(t: Pick<TestContext, 'after'>): string {
  const path = mkdtempSync(join(tmpdir(), 'assent-test-'));
  defer(t, () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }));
  return path;
}
