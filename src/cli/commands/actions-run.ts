import type { Invocation } from '../../contract/invocation.ts';
import type { ActionReference } from '../../shared/action-names.ts';
import { isFinal } from '../../shared/statuses.ts';
import { actionCalled, readCatalog } from '../catalog.ts';
import { actionMs } from '../client.ts';
import { command } from '../command.ts';
import { usage } from '../exit.ts';
import { followed } from '../follow.ts';
import { outcome } from '../outcome.ts';
import { readParams } from '../params.ts';
import { note } from '../print.ts';
import { wholeNumber } from '../when.ts';
import { type Agent, asAgent } from '../who.ts';
import { wholeResult } from '../whole-result.ts';

export const run = command({
  example: `assent actions run linear:create_issue --params '{"teamId":"ENG","title":"Login fails"}'`,
  more: `Prints the result as JSON. Where approval is needed, it waits for a person to decide, which may take minutes. It ends with 0 once
the action is done; with 1 where it failed, was denied, was refused or nobody decided. Where the source itself says that it failed, what
it said is printed as the result, and why on standard error. \`assent actions result\` prints a result again.`,
  args: { action: { about: 'source:action, as `assent actions list` shows it', optional: true } },
  flags: {
    params: { type: 'text', value: 'JSON', about: 'the parameters: JSON, @file, or - for standard input' },
    'idempotency-key': {
      type: 'text',
      value: 'KEY',
      about: 'the same key with the same request is never done twice',
    },
    timeout: { type: 'text', value: 'SECONDS', about: 'stop waiting then; the request stays' },
    integration: { type: 'text', value: 'SOURCE', about: 'the source, in place of source:action' },
    action: { type: 'text', value: 'ACTION', about: 'the action, with --integration' },
  },
  async run({ args, flags }) {
    const agent = asAgent();
    const timeoutMs =
      flags.timeout === undefined
        ? Number.POSITIVE_INFINITY
        : wholeNumber('--timeout', flags.timeout, 0) * 1000;
    const params = await readParams(flags.params);
    const action = await chosen(agent, args.action, flags.integration, flags.action);
    const asked = await invoke(agent, { ...action, params }, flags['idempotency-key']);
    if (isFinal(asked.invocation.status))
      return outcome(asked.invocation, asked.result ?? asked.invocation.result);
    announce(agent, asked.invocation);
    const ended = await followed(agent, asked.invocation, timeoutMs);
    return outcome(ended, await wholeResult(agent, ended));
  },
});

/** The seeds' spelling names both halves, which needs no catalog. */
async function chosen(
  agent: Agent,
  typed: string | undefined,
  sourceId: string | undefined,
  actionId: string | undefined,
): Promise<ActionReference> {
  if (typed !== undefined && (sourceId ?? actionId) !== undefined) {
    throw usage('Name the action once: as source:action, or with --integration and --action.');
  }
  if (typed !== undefined) return actionCalled(typed, await readCatalog(agent));
  if (sourceId !== undefined && actionId !== undefined) return { sourceId, actionId };
  throw usage('Name an action: source:action, as `assent actions list` shows it.');
}

interface Asked {
  readonly invocation: Invocation;
  /** The fuller copy, where it ran at once. */
  readonly result?: unknown;
}

function invoke(
  { client, actions }: Agent,
  body: ActionReference & { params: unknown },
  key: string | undefined,
): Promise<Asked> {
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  return client.post<Asked>(`${actions}/invoke`, { body, headers, timeoutMs: actionMs });
}

function announce({ client }: Agent, { id, status }: Invocation): void {
  if (status === 'pending') note(`Waiting for approval… A person decides at ${client.url}/inbox/${id}`);
  else note(`Running…\n  id ${id}`);
}
