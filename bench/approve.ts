// How long after a person's approval is answered the agent's `assent actions run` has ended, as a whole process. dist/ must
// be built.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceKind } from '../src/gateway/gateway.ts';
import { approve } from '../src/gateway/invocations/approve.ts';
import { createSession } from '../src/gateway/people/sessions.ts';
import { start } from '../src/main/start.ts';

const rounds = 20;
const warmUps = 2;
const wantedMs = 200;
/** What a person takes at the least; meanwhile the agent has begun to listen. */
const thinkingMs = 1000;
const cli = join(import.meta.dirname, '..', 'dist', 'cli.js');

const action = {
  id: 'nothing',
  description: 'Does nothing, once somebody has agreed',
  risk: { default: 'write' },
  params: { jsonSchema: { type: 'object' }, check: (params) => ({ ok: true, params }) },
} satisfies Awaited<ReturnType<Awaited<ReturnType<SourceKind>>[0]['listActions']>>[number];
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

const folder = mkdtempSync(join(tmpdir(), 'assent-bench-approve-'));
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
    logLevel: 'error',
    limits: {},
  },
  { sourceKinds: [idle] },
);
try {
  const { gateway, owner, address } = running;
  const caller = { kind: 'user', role: 'owner', ...owner } as const;
  const { session, token } = await createSession(gateway, caller, {});
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(folder, 'cache'),
    ASSENT_GATEWAY_URL: address,
    ASSENT_SESSION_ID: session.id,
    ASSENT_TOKEN: token.reveal(),
  };
  const times: number[] = [];
  for (let round = 0; round < warmUps + rounds; round++) {
    const agent = spawn(process.execPath, [cli, 'actions', 'run', 'idle:nothing'], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(agent, 'exit') as Promise<[number | null]>;
    const id = await invocationOf(agent.stderr);
    await sleep(thinkingMs);
    await approve(gateway, caller, id);
    const began = performance.now();
    const [status] = await ended;
    if (status !== 0) throw new Error(`assent actions run ended with ${status}`);
    if (round >= warmUps) times.push(performance.now() - began);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => `${(sorted[Math.floor((rounds - 1) * share)] ?? Number.NaN).toFixed(1)} ms`;
  console.log(`approved, and the agent's command has ended   ${at(0.5)}   (most ${at(1)})`);
  console.log(`median of ${rounds}; at most ${wantedMs} ms is wanted`);
} finally {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** From what the agent says while it waits. */
async function invocationOf(stderr: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stderr })) {
    const id = /^ {2}id (\S+)$/.exec(line)?.[1];
    if (id !== undefined) return id;
  }
  throw new Error('The agent was not asked to wait.');
}
