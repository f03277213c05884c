// What an allowed invocation costs through HTTP, with a source that does nothing, beside the same server answering a
// constant and the bare durable insert into the same database. All in one run: the ratios count, not the figures.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SourceKind } from '../src/gateway/gateway.ts';
import { createSession } from '../src/gateway/people/sessions.ts';
import { newId } from '../src/lib/ids.ts';
import { start } from '../src/main/start.ts';
import type { Store } from '../src/store/engine/open.ts';
import { insertInvocation } from '../src/store/invocations.ts';
import type { LoadOptions, LoadResult } from './load.ts';

const rounds = 3;
const idle: SourceKind = async () => [
  {
    id: 'idle',
    kind: 'bench',
    displayName: 'Does nothing',
    reviewable: false,
    setUpBy: null,
    configuration: '',
    listActions: async () => [action],
    execute: async () => ({ ok: true }),
  },
];
const action = {
  id: 'nothing',
  description: 'Does nothing',
  risk: { default: 'read' },
  params: { jsonSchema: { type: 'object' }, check: (params) => ({ ok: true, params }) },
} satisfies Awaited<ReturnType<Awaited<ReturnType<SourceKind>>[0]['listActions']>>[number];

const folder = mkdtempSync(join(tmpdir(), 'assent-bench-'));
const running = await start(
  {
    host: '127.0.0.1',
    port: 0,
    publicUrl: undefined,
    trustedProxies: undefined,
    home: folder,
    dataDir: folder,
    databaseUrl: undefined,
    secretKey: undefined,
    oidc: undefined,
    allowStdioConnectors: false,
    allowPrivateAddresses: false,
    logLevel: 'info',
    limits: { invokesPerWindow: 1_000_000_000 },
  },
  { sourceKinds: [idle] },
);
try {
  const { gateway, owner, address } = running;
  const caller = { kind: 'user', role: 'owner', ...owner } as const;
  const { session, token } = await createSession(gateway, caller, {});
  const invoke = {
    url: `${address}/v1/sessions/${session.id}/actions/invoke`,
    method: 'POST',
    headers: { authorization: `Bearer ${token.reveal()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ sourceId: 'idle', actionId: 'nothing', params: { text: 'hello' } }),
  } as const;
  const constant = { url: `${address}/healthz`, method: 'GET', headers: {} } as const;
  for (const callers of [1, 32]) await compare(callers, invoke, constant, gateway.store);
} finally {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
}

type Target = Omit<LoadOptions, 'callers' | 'requests'>;

async function compare(callers: number, invoke: Target, constant: Target, store: Store): Promise<void> {
  const requests = callers === 1 ? 2000 : 10_000;
  const results: { invoke: LoadResult; constant: LoadResult; insert: LoadResult }[] = [];
  for (let round = 0; round < rounds; round++) {
    results.push({
      constant: await load({ ...constant, callers, requests }),
      invoke: await load({ ...invoke, callers, requests }),
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

async function load(options: LoadOptions): Promise<LoadResult> {
  const script = join(import.meta.dirname, 'load.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(options)]);
  // Written by the script itself.
  return JSON.parse(stdout) as LoadResult;
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
