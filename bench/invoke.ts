// What an allowed invocation costs through HTTP, with a source that does nothing, beside the same server answering a
// constant and the bare durable insert into the same database. All in one run: the ratios count, not the figures.
import { join } from 'node:path';
import { newId } from '../src/lib/ids.ts';
import type { Store } from '../src/store/engine/open.ts';
import { insertInvocation } from '../src/store/invocations.ts';
import { type Bench, bounded } from './support/bounded.ts';
import { startIdleGateway } from './support/idle-gateway.ts';
import type { LoadOptions, LoadResult } from './support/load.ts';
import { sized } from './support/rounds.ts';

const rounds = sized(3, 1);
const requestsOfOne = sized(2000, 10);
const requestsOfMany = sized(10_000, 40);

await bounded(async (bench) => {
  const limits = { invokesPerWindow: 1_000_000_000 };
  const idle = await startIdleGateway(bench, { default: 'read' }, { logLevel: 'info', limits });
  const invoke = {
    url: `${idle.address}/v1/sessions/${idle.sessionId}/actions/invoke`,
    method: 'POST',
    headers: { authorization: `Bearer ${idle.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ sourceId: 'idle', actionId: 'nothing', params: { text: 'hello' } }),
  } as const;
  const constant = { url: `${idle.address}/healthz`, method: 'GET', headers: {} } as const;
  for (const callers of [1, 32])
    await compare(bench, callers, { invoke, constant, store: idle.gateway.store });
});

type Target = Omit<LoadOptions, 'callers' | 'requests'>;

interface Compared {
  readonly invoke: Target;
  readonly constant: Target;
  readonly store: Store;
}

async function compare(bench: Bench, callers: number, { invoke, constant, store }: Compared): Promise<void> {
  const requests = callers === 1 ? requestsOfOne : requestsOfMany;
  const results: { invoke: LoadResult; constant: LoadResult; insert: LoadResult }[] = [];
  for (let round = 0; round < rounds; round++) {
    bench.step(`a round of ${callers} callers`, 300);
    results.push({
      constant: await load(bench, { ...constant, callers, requests }),
      invoke: await load(bench, { ...invoke, callers, requests }),
      insert: await inserts(store, callers, requests),
    });
  }
  // The median round, by the ratio that matters.
  const middle = results.toSorted((a, b) => ratio(a) - ratio(b))[Math.floor(rounds / 2)];
  if (middle === undefined) throw new TypeError('there is a round');
  console.log(`\n${callers} caller${callers === 1 ? '' : 's'} (median of ${rounds} rounds)`);
  row('constant route', middle.constant);
  row('allowed invocation', middle.invoke);
  row('durable insert', middle.insert);
  console.log(
    `  invocation / constant: ${ratio(middle).toFixed(3)}   invocation / insert: ${(middle.invoke.perSecond / middle.insert.perSecond).toFixed(3)}`,
  );
}

function ratio({ invoke, constant }: { invoke: LoadResult; constant: LoadResult }): number {
  return invoke.perSecond / constant.perSecond;
}

async function load(bench: Bench, options: LoadOptions): Promise<LoadResult> {
  const script = join(import.meta.dirname, 'support', 'load.ts');
  const loading = bench.start(process.execPath, [script, JSON.stringify(options)]);
  const [line] = await loading.line(/^\{.*\}$/);
  await loading.ended;
  // Written by the script itself.
  return JSON.parse(line) as LoadResult;
}

/** One row, on the disk, per write: what no invocation can do without. */
async function inserts(store: Store, callers: number, requests: number): Promise<LoadResult> {
  const durations: number[] = [];
  let left = requests;
  const began = performance.now();
  const caller = async () => {
    while (left-- > 0) {
      const from = performance.now();
      await store.write((tx) => insertInvocation(tx, benchRow()));
      durations.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const perSecond = durations.length / ((performance.now() - began) / 1000);
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { perSecond, p50: at(0.5), p99: at(0.99) };
}

function benchRow(): Parameters<typeof insertInvocation>[1] {
  return {
    id: newId(),
    organization_id: 'bench',
    session_id: 'bench',
    automation_id: null,
    source_id: 'idle',
    action_id: 'nothing',
    risk_level: 'read',
    mode: 'allow',
    mode_source: 'inferred_default',
    status: 'completed',
    params: '{"text":"hello"}',
    params_sealed: null,
    result: '{"ok":true}',
    error: null,
    denied_reason: null,
    expires_at: null,
    decided_by: null,
    decided_at: null,
    created_at: Date.now(),
    started_at: null,
    completed_at: null,
    gateway_id: null,
    lease_expires_at: null,
    idempotency_key: null,
    request_hash: null,
    target_hash: null,
  };
}

function row(name: string, { perSecond, p50, p99 }: LoadResult): void {
  const ms = (value: number) => `${value.toFixed(2)} ms`.padStart(9);
  console.log(`  ${name.padEnd(20)} ${perSecond.toFixed(0).padStart(7)}/s   p50 ${ms(p50)}   p99 ${ms(p99)}`);
}
