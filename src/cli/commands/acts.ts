import type { Act, ActsAnswer } from '../../contract/acts.ts';
import { visibleName } from '../../shared/look-alikes.ts';
import { type Client, query } from '../client.ts';
import { table } from '../columns.ts';
import { command } from '../command.ts';
import { localTime, wholeNumber } from '../when.ts';
import { asPerson } from '../who.ts';

/** Rows that are asked for at a time. */
const largestPage = 200;

export const acts = command({
  example: 'assent acts --limit 10',
  more: 'What people did that is on record beside their decisions: who revealed what was hidden. For owners and admins.',
  flags: {
    invocation: { type: 'text', value: 'ID', about: 'only those about this invocation, by its id' },
    limit: { type: 'text', value: 'N', about: 'at most so many, newest first (50)' },
  },
  async run({ flags }) {
    const limit = wholeNumber('--limit', flags.limit ?? '50', 1);
    const answer = await listActs(await asPerson(), flags.invocation, limit);
    const more = `\nThere is more: --limit ${limit * 2} shows further back.`;
    return {
      json: answer,
      text: () => text(answer.acts, flags.invocation),
      note: answer.nextCursor === null ? undefined : more,
    };
  },
});

async function listActs(
  client: Client,
  invocationId: string | undefined,
  limit: number,
): Promise<ActsAnswer> {
  const found: Act[] = [];
  let nextCursor: string | null = null;
  do {
    const left = Math.min(limit - found.length, largestPage);
    const page: ActsAnswer = await client.get(
      `/v1/acts${query({ invocationId, limit: left, cursor: nextCursor ?? undefined })}`,
    );
    found.push(...page.acts);
    nextCursor = page.nextCursor;
  } while (nextCursor !== null && found.length < limit);
  return { acts: found, nextCursor };
}

function text(found: readonly Act[], invocationId: string | undefined): string {
  if (found.length === 0) return invocationId === undefined ? 'Nothing is on record yet.' : 'Nothing fits.';
  const rows = found.map(({ at, kind, by, credential, subject }) => [
    localTime(at),
    kind,
    visibleName(by?.name ?? by?.id ?? 'nobody'),
    credential === null ? '-' : credentials[credential.kind],
    subject === null ? '-' : `${subject.kind} ${visibleName(subject.id)}`,
  ]);
  return table(['WHEN', 'WHAT', 'WHO', 'BY', 'ABOUT'], rows);
}

const credentials: Readonly<Record<NonNullable<Act['credential']>['kind'], string>> = {
  user_token: 'token',
  browser_session: 'browser',
};
