// What checks params against large schemas, in a thread of its own.
import { parentPort } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import type { Issue } from '../../contract/errors.ts';
import { type JsonObject, parseJson } from '../../lib/json.ts';
import { type DirectParamsSchema, paramsSchema } from './params-schema.ts';

export interface CheckRequest {
  readonly id: number;
  /** JSON of a schema that can serve. */
  readonly schema: string;
  readonly params: JsonObject;
}

export interface CheckAnswer {
  readonly id: number;
  /** None where the params fit. */
  readonly issues: readonly Issue[];
}

/** Schemas that stay compiled. */
const schemas = new LRUCache<string, DirectParamsSchema>({ max: 50 });

parentPort?.on('message', ({ id, schema, params }: CheckRequest) => {
  const known = schemas.get(schema) ?? paramsSchema(parseJson(schema) as JsonObject);
  schemas.set(schema, known);
  const checked = known.check(params);
  parentPort?.postMessage({ id, issues: checked.ok ? [] : checked.issues } satisfies CheckAnswer);
});
