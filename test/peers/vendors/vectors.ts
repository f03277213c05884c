// The vendors' own schemas, which lie beside the checkout and are not ours to copy into it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a peer checks what it is asked against the vendor's own schema, and a sentence that says so in a test's output. */
export interface SchemaCheck {
  readonly schemaCheck: 'on' | 'missing';
  readonly schemaNote: string;
}

export const vectorsFolder = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'vectors');

/** The text of a schema, or `undefined` where it is not there. */
export function readVector(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

export function describeCheck(vendor: string, name: string, found: boolean): SchemaCheck {
  return found
    ? { schemaCheck: 'on', schemaNote: `requests to ${vendor} are checked against its schema` }
    : { schemaCheck: 'missing', schemaNote: `${name} is missing: requests to ${vendor} are not checked` };
}
