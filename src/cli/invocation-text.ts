import type { Act } from '../contract/acts.ts';
import type { Invocation, Status } from '../contract/invocation.ts';
import { visibleName } from '../shared/look-alikes.ts';
import { modeReasonsInTerminal } from '../shared/reasons.ts';
import { inWords } from '../shared/relative-time.ts';
import { facts } from './columns.ts';
import { isCut } from './params.ts';
import { hiddenText, type ParamsViews, viewText } from './params-views.ts';
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

/** What a person calls the things that an invocation has ids of, and what they are shown of what would run. */
export interface Names {
  readonly sources: SourceNames;
  readonly sessions: SessionNames;
  readonly params: ParamsViews;
}

/**
 * One invocation, whole: what would run or ran, what became of it, and what people did about it, the newest first. `now` in ms.
 */
export function invocationText(
  raw: Invocation,
  names: Names | undefined,
  now: number,
  acts: readonly Act[] = [],
): string {
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
  const looks = acts.map(actText);
  return [head, lines, ...looks, ...paramsBlock(raw, names), ...result].join('\n');
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

/** `Revealed by Ann at 28 Nov, 20:01:11`. */
function actText({ by, at }: Act): string {
  return `  Revealed by ${visibleName(by?.name ?? by?.id ?? 'nobody')} at ${localTime(at)}`;
}

function paramsBlock({ id, params }: Invocation, names: Names | undefined): string[] {
  const view = names?.params.of(id)?.shown;
  if (view === undefined) return [block('params', params), ...(isCut(params) ? [shortened] : [])];
  const hidden = hiddenText(id, view);
  return [indented('params', viewText(view)), ...(hidden === undefined ? [] : [`  ${hidden}`])];
}

const shortened = '  shortened here: the record holds the beginning';

function block(title: string, value: unknown): string {
  return indented(title, prettyJson(value));
}

function indented(title: string, text: string): string {
  return `  ${title}\n${text.replace(/^/gm, '    ')}`;
}
