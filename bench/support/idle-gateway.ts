import type { GatewayConfig } from '../../src/config/gateway.ts';
import type { SourceKind } from '../../src/gateway/gateway.ts';
import { createSession } from '../../src/gateway/people/sessions.ts';
import { type RunningGateway, start } from '../../src/main/start.ts';
import type { ActionDefinition } from '../../src/sources/action-source.ts';
import type { Bench } from './bounded.ts';

export interface IdleGateway extends RunningGateway {
  readonly caller: { readonly kind: 'user'; readonly role: 'owner' } & RunningGateway['owner'];
  readonly sessionId: string;
  readonly token: string;
}

/** A gateway in this process with one action, `idle:nothing`, which does nothing; and an agent's session on it. */
export async function startIdleGateway(
  bench: Bench,
  risk: ActionDefinition['risk'],
  config: Partial<GatewayConfig> = {},
  others: readonly SourceKind[] = [],
): Promise<IdleGateway> {
  const running = await start(
    {
      host: '127.0.0.1',
      port: 0,
      publicUrl: undefined,
      trustedProxies: undefined,
      home: bench.folder,
      dataDir: bench.folder,
      databaseUrl: undefined,
      secretKey: undefined,
      oidc: undefined,
      allowStdioConnectors: false,
      allowPrivateAddresses: false,
      logLevel: 'error',
      limits: {},
      ...config,
    },
    { sourceKinds: [idle(risk), ...others] },
  );
  bench.after(() => running.stop());
  const caller = { kind: 'user', role: 'owner', ...running.owner } as const;
  const { session, token } = await createSession(running.gateway, caller, {});
  return { ...running, caller, sessionId: session.id, token: token.reveal() };
}

function idle(risk: ActionDefinition['risk']): SourceKind {
  const action: ActionDefinition = {
    id: 'nothing',
    description: 'Does nothing',
    risk,
    params: { jsonSchema: { type: 'object' }, check: (params) => ({ ok: true, params }) },
  };
  return async () => [
    {
      id: 'idle',
      kind: 'bench',
      displayName: 'Does nothing',
      reviewable: false,
      setUpBy: null,
      configuration: '',
      credentialKeys: [],
      listActions: async () => [action],
      execute: async () => ({ answer: { ok: true }, isError: false }),
    },
  ];
}
