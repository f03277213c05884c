import { statuses } from '../../shared/statuses.ts';
import { table } from '../columns.ts';
import { command } from '../command.ts';
import { actionName, modeText, statusText } from '../invocation-text.ts';
import { listInvocations } from '../invocations.ts';
import { sessionCalled } from '../named.ts';
import { shownInvocation } from '../shown-invocation.ts';
import { SourceNames } from '../shown-names.ts';
import { localTime, wholeNumber } from '../when.ts';
import { asPerson } from '../who.ts';

export const show = command({
  example: 'assent history show 01936c2e-7d1a-7c3b-9a54-0f6d1c2b3a4e',
  args: { id: { about: 'its id, as `assent history` shows it' } },
  run: async ({ args }) => shownInvocation(args.id),
});

export const history = command({
  example: 'assent history --status failed --limit 10',
  flags: {
    status: { type: 'text', value: 'STATUS', about: 'only those', choices: statuses },
    source: { type: 'text', value: 'ID', about: "only this source's, by its id or the connector's name" },
    session: { type: 'text', value: 'ID', about: "only this session's, by its id or name" },
    limit: { type: 'text', value: 'N', about: 'at most so many, newest first (50)' },
  },
  async run({ flags }) {
    const limit = wholeNumber('--limit', flags.limit ?? '50', 1);
    const client = await asPerson();
    const names = await SourceNames.read(client);
    const session = flags.session === undefined ? undefined : await sessionCalled(client, flags.session);
    const wanted = {
      status: flags.status,
      sourceId: flags.source === undefined ? undefined : names.key(flags.source),
      sessionId: session?.id,
    };
    const answer = await listInvocations(client, wanted, limit);
    const rows = answer.invocations.map((one) => [
      localTime(one.createdAt),
      statusText(one.status),
      actionName(one, names),
      modeText(one),
      one.id,
    ]);
    const none = Object.values(wanted).every((one) => one === undefined)
      ? 'Nothing has been asked for yet.'
      : 'Nothing fits.';
    return {
      json: answer,
      text: () => (rows.length === 0 ? none : table(['WHEN', 'STATUS', 'ACTION', 'MODE', 'ID'], rows)),
      note:
        answer.nextCursor === null ? undefined : `\nThere is more: --limit ${limit * 2} shows further back.`,
    };
  },
});
