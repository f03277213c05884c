import { Worker } from 'node:worker_threads';
import type { Issue } from '../../contract/errors.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { CheckedParams, ParamsSchema } from '../action-source.ts';
import type { CheckAnswer, CheckRequest } from './check-worker.ts';
import type { DirectParamsSchema } from './params-schema.ts';
import { workOf } from './schema-limits.ts';

/** Values and characters of a schema up to which it is compiled on the spot, which takes about 20 ms the first time. */
const smallSchema = { values: 150, characters: 8192 };
/** What checking may take on the spot: a few milliseconds. */
const smallWork = 500_000;
/** How long a check is waited for, with those before it; one is bounded to about a second. */
const longestMs = 20_000;

/** The same schema; what takes long of it is done by another thread, so that nobody else waits for it. */
export function checkedAside(direct: DirectParamsSchema): ParamsSchema {
  const { jsonSchema } = direct;
  let text: string | undefined;
  const check = (params: JsonObject): CheckedParams | Promise<CheckedParams> => {
    text ??= JSON.stringify(jsonSchema);
    return isQuick(direct.values, text, params) ? direct.check(params) : checker.check(text, params);
  };
  return {
    jsonSchema,
    get unchecked() {
      return direct.unchecked ?? [];
    },
    check,
  };
}

/** What is too deep is refused at once. */
function isQuick(values: number, schema: string, params: JsonObject): boolean {
  try {
    const work = workOf(params, values);
    return values <= smallSchema.values && schema.length <= smallSchema.characters && work <= smallWork;
  } catch {
    return true;
  }
}

interface Waiting {
  readonly resolve: (issues: readonly Issue[]) => void;
  readonly timer: NodeJS.Timeout;
}

const program = new URL(`check-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** One thread, begun when something is to be checked; it keeps no process alive, and what it fails at is refused. */
class Checker {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #asked = 0;

  async check(schema: string, params: JsonObject): Promise<CheckedParams> {
    const issues = await this.#issuesOf(schema, params);
    return issues.length === 0 ? { ok: true, params } : { ok: false, issues: [...issues] };
  }

  #issuesOf(schema: string, params: JsonObject): Promise<readonly Issue[]> {
    const id = ++this.#asked;
    const { promise, resolve } = Promise.withResolvers<readonly Issue[]>();
    const timer = setTimeout(() => this.#giveUp('takes too long to check against this schema'), longestMs);
    timer.unref();
    this.#waiting.set(id, { resolve, timer });
    this.#worker ??= this.#begin();
    this.#worker.ref();
    this.#worker.postMessage({ id, schema, params } satisfies CheckRequest);
    return promise;
  }

  #begin(): Worker {
    // It works on what strangers wrote, and needs nothing of the environment.
    const worker = new Worker(program, { env: {}, resourceLimits: { maxOldGenerationSizeMb: 256 } });
    worker.on('message', ({ id, issues }: CheckAnswer) => this.#settle(id, issues));
    const gone = () => {
      if (worker === this.#worker) this.#giveUp('cannot be checked against this schema');
    };
    worker.on('error', gone);
    // One that was ended says nothing else.
    worker.on('exit', gone);
    return worker;
  }

  #settle(id: number, issues: readonly Issue[]): void {
    const one = this.#waiting.get(id);
    if (one === undefined) return;
    clearTimeout(one.timer);
    this.#waiting.delete(id);
    one.resolve(issues);
    if (this.#waiting.size === 0) this.#worker?.unref();
  }

  #giveUp(message: string): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
    for (const id of this.#waiting.keys()) this.#settle(id, [{ path: '', message }]);
  }
}

const checker = new Checker();
