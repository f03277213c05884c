import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AssentError } from '../lib/errors.ts';

/** Where the build puts the page: beside the built gateway, or in dist/ where the sources run as they are. */
const candidates = [join(import.meta.dirname, 'web'), join(import.meta.dirname, '..', '..', 'dist', 'web')];

/** The folder of the built page. Throws `not_built`. */
export function webRoot(): string {
  const found = candidates.find((folder) => existsSync(join(folder, 'index.html')));
  if (found !== undefined) return found;
  throw new AssentError('not_built', 'The page is not built. Build it with: npm run build');
}
