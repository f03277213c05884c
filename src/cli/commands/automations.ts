import type { Automation } from '../../contract/automations.ts';
import { at } from '../client.ts';
import { table } from '../columns.ts';
import { command, reply } from '../command.ts';
import { automationCalled, listAutomations } from '../named.ts';
import { localTime } from '../when.ts';
import { asPerson } from '../who.ts';

export const list = command({
  example: 'assent automations list',
  async run() {
    const automations = await listAutomations(await asPerson());
    return reply({ automations }, (shown) => text(shown.automations));
  },
});

function text(automations: readonly Automation[]): string {
  if (automations.length === 0)
    return 'There are no automations yet. `assent automations create <name>` makes one.';
  return table(
    ['NAME', 'CREATED', 'ID'],
    automations.map(({ name, createdAt, id }) => [name, localTime(createdAt), id]),
  );
}

export const create = command({
  example: 'assent automations create "nightly triage"',
  args: { name: { about: 'what to call it' } },
  async run({ args }) {
    const client = await asPerson();
    const answer = await client.post<{ automation: Automation }>('/v1/automations', {
      body: { name: args.name },
    });
    return reply(answer, ({ automation }) => `Created the automation ${automation.name} (${automation.id}).`);
  },
});

export const remove = command({
  example: 'assent automations delete "nightly triage"',
  args: { automation: { about: 'its name or id' } },
  async run({ args }) {
    const client = await asPerson();
    const automation = await automationCalled(client, args.automation);
    await client.delete<null>(at`/v1/automations/${automation.id}`);
    return reply(
      { deleted: automation },
      ({ deleted }) => `Deleted the automation ${deleted.name}, and the modes that it overrode.`,
    );
  },
});
