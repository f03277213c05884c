import { after, before, describe } from 'node:test';
import { CleanupStack } from '../support/cleanup-stack.ts';
import { engines } from '../support/databases.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type ScriptedSource, scriptedSource } from '../support/scripted-source.ts';

/** One gateway that a suite's tests share, and one of each who may come to it. */
export interface Setting {
  readonly gateway: TestGateway;
  readonly source: ScriptedSource;
  /** The gateway's clock, milliseconds. */
  readonly time: { now: number };
  readonly owner: { readonly token: string };
  readonly admin: { readonly token: string; readonly userId: string };
  readonly member: { readonly token: string; readonly userId: string };
  /** The owner of another organization. */
  readonly stranger: { readonly token: string; readonly organizationId: string };
}

/** The same suite on both engines. Its tests run one after the other, and may leave things behind. */
export function onEachEngine(name: string, tests: (here: () => Setting) => void): void {
  for (const engine of engines) {
    describe(`${name} on ${engine.name}`, { skip: engine.skip }, () => {
      let setting: Setting | undefined;
      const cleanup = new CleanupStack();
      before(async () => {
        const source = scriptedSource();
        const time = { now: Date.now() };
        const replacements = { sourceKinds: [source.kind], clock: () => time.now };
        const gateway = await startGateway(cleanup, replacements, {}, engine);
        setting = {
          gateway,
          source,
          time,
          owner: { token: gateway.ownerToken },
          admin: await gateway.person('admin'),
          member: await gateway.person('member'),
          stranger: await gateway.person('owner', await gateway.organization()),
        };
      });
      after(() => cleanup.close());
      tests(() => {
        if (setting === undefined) throw new TypeError('the gateway is there once the tests run');
        return setting;
      });
    });
  }
}

/** The names of an answer's fields, which are its shape. */
export function fields(value: object): string[] {
  return Object.keys(value).toSorted();
}

/** As `fields` gives them. */
export const invocationFields = [
  'actionId',
  'automationId',
  'completedAt',
  'createdAt',
  'decidedAt',
  'decidedBy',
  'deniedReason',
  'durationMs',
  'error',
  'expiresAt',
  'id',
  'mode',
  'modeSource',
  'organizationId',
  'params',
  'result',
  'riskLevel',
  'sessionId',
  'sourceId',
  'status',
];

/** ISO 8601 in UTC, as every time on the wire. */
export const isoTime: RegExp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
