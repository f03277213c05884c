import type { Invocation, Status } from '../contract/invocation.ts';
import { visibleName } from '../shared/look-alikes.ts';
import { modeReasonsInTerminal } from '../shared/reasons.ts';
import { inWords } from '../shared/relative-time.ts';
import { facts } from './columns.ts';
import { isCut, isShortened } from './params.ts';
import { paint, type Style } from './print.ts';
import type { SessionNames, SourceNames } from './shown-names.ts';
import { prettyJson, visibleValue } from './visible.ts';
import { localTime } from './when.ts';

const styles: Readonly<Record<Status, Style>> = {
  pending: 'yellow',
  approved: 'yellow',
  executing: 'yellow',
  completed: 'green',
  denied: 'red',
  failed: 'red',
  expired: 'dim',
};

export function statusText(status: Status): string {
  return paint(styles[status] ?? 'dim', status);
}

/** The mode, and where it came from. */
export function modeText({ mode, modeSource }: Invocation): string {
  return visibleName(`${mode} (${modeReasonsInTerminal[modeSource] ?? modeSource})`);
}

export function actionName({ sourceId, actionId }: Invocation, names: SourceNames | undefined): string {
  return visibleName(`${names?.readable(sourceId) ?? sourceId}:${actionId}`);
}

/** What a person calls the things that an invocation has ids of. */
export interface Names {
  readonly sources: SourceNames;
  readonly sessions: SessionNames;
}

/** One invocation, whole: what would run or ran, exactly, and what became of it. `now` in ms. */
export function invocationText(raw: Invocation, names: Names | undefined, now: number): string {
  const shown = visibleValue(raw);
  const head = `${paint('bold', actionName(raw, names?.sources))}  ${statusText(raw.status)}${expiry(raw, now)}`;
  const lines = facts({
    id: shown.id,
    session: names?.sessions.text(raw.sessionId) ?? shown.sessionId,
    automation: shown.automationId,
    asked: localTime(raw.createdAt),
    risk: shown.riskLevel,
    mode: modeText(raw),
    decided: raw.decidedAt === null ? null : `${localTime(raw.decidedAt)} by ${shown.decidedBy ?? 'nobody'}`,
    ended:
      raw.completedAt === null
        ? null
        : `${localTime(raw.completedAt)}${raw.durationMs === null ? '' : `, after ${raw.durationMs} ms`}`,
    denied: shown.deniedReason,
    error: shown.error,
  });
  const hasResult = raw.status === 'completed' || raw.result !== null;
  const result = hasResult ? [block('result', raw.result), ...restOfResult(raw, names)] : [];
  const rest = isShortened(raw) ? [`  shortened here; all of it: assent inbox show ${shown.id}`] : [];
  return [head, lines, block('params', raw.params), ...rest, ...result].join('\n');
}

/** Only the session that asked can have all of it. */
function restOfResult({ id, result }: Invocation, names: Names | undefined): string[] {
  if (!isCut(result)) return [];
  const who = names === undefined ? '' : 'for 24 hours the agent can have ';
  return [`  shortened here; ${who}all of it: assent actions result ${visibleName(id)}`];
}

function expiry({ status, expiresAt }: Invocation, now: number): string {
  if (status !== 'pending' || expiresAt === null) return '';
  const left = Date.parse(expiresAt) - now;
  return left > 0 ? `, expires in ${inWords(left)}` : ', past its time';
}

function block(title: string, value: unknown): string {
  return `  ${title}\n${prettyJson(value).replace(/^/gm, '    ')}`;
}
