import type { Command } from './command.ts';

/** What is typed, what it does, and where it is: loaded only when it runs. */
export interface Entry {
  readonly path: string;
  readonly about: string;
  readonly load: () => Promise<Command>;
}

export interface Group {
  readonly title: string;
  readonly commands: readonly Entry[];
}

const actions = {
  list: () => import('./commands/actions-list.ts'),
  guide: () => import('./commands/actions-guide.ts'),
  run: () => import('./commands/actions-run.ts'),
  status: () => import('./commands/actions-status.ts'),
};
const automations = () => import('./commands/automations.ts');
const automationModes = () => import('./commands/automation-modes.ts');
const connectors = () => import('./commands/connectors.ts');
const inbox = () => import('./commands/inbox.ts');
const members = () => import('./commands/members.ts');
const modes = () => import('./commands/modes.ts');
const preferences = () => import('./commands/preferences.ts');
const secrets = () => import('./commands/secrets.ts');
const sessions = () => import('./commands/sessions.ts');
const tokens = () => import('./commands/tokens.ts');

export const groups: readonly Group[] = [
  {
    title: 'Running',
    commands: [
      entry('up', 'start the gateway', async () => (await import('./commands/up.ts')).up),
      entry(
        'login',
        'log in to a gateway, through the browser',
        async () => (await import('./commands/login.ts')).login,
      ),
      entry(
        'status',
        'how the gateway does, and what waits',
        async () => (await import('./commands/status.ts')).status,
      ),
    ],
  },
  {
    title: 'For people',
    commands: [
      entry('inbox', 'the pending approvals, with what exactly would run', async () => (await inbox()).inbox),
      entry('inbox show', 'one invocation, whole', async () => (await inbox()).show),
      entry('inbox approve', 'approve one: it runs at once, and once', async () => (await inbox()).approve),
      entry('inbox deny', 'deny one', async () => (await inbox()).deny),
      entry(
        'inbox watch',
        'follow the inbox, and decide with a key',
        async () => (await import('./commands/inbox-watch.ts')).watch,
      ),
      entry(
        'history',
        'what was asked for, and what became of it',
        async () => (await import('./commands/history.ts')).history,
      ),
      entry('sessions create', 'open a session for an agent', async () => (await sessions()).create),
      entry('sessions list', 'the sessions, newest first', async () => (await sessions()).list),
      entry(
        'sessions revoke',
        'end a session: its token stops working',
        async () => (await sessions()).revoke,
      ),
      entry('automations list', 'the automations', async () => (await automations()).list),
      entry(
        'automations create',
        'make a standing job that sessions can belong to',
        async () => (await automations()).create,
      ),
      entry(
        'automations modes',
        'the modes that an automation overrides',
        async () => (await automationModes()).modes,
      ),
      entry(
        'automations set-mode',
        'override the mode of one action',
        async () => (await automationModes()).setMode,
      ),
      entry(
        'automations unset-mode',
        'take an override back',
        async () => (await automationModes()).unsetMode,
      ),
      entry('automations delete', 'delete an automation', async () => (await automations()).remove),
      entry('modes list', "the organization's modes", async () => (await modes()).list),
      entry('modes set', 'set what happens when an action is asked for', async () => (await modes()).set),
      entry('modes unset', "go back to what the action's risk says", async () => (await modes()).unset),
      entry(
        'connectors add',
        'add an MCP server, whose tools become actions',
        async () => (await import('./commands/connectors-add.ts')).add,
      ),
      entry('connectors list', 'the connectors', async () => (await connectors()).list),
      entry(
        'connectors tools',
        "a connector's tools, with risk, mode and review",
        async () => (await connectors()).tools,
      ),
      entry(
        'connectors review',
        'look at a tool, and pin its definition',
        async () => (await import('./commands/connectors-review.ts')).review,
      ),
      entry('connectors enable', 'offer its tools again', async () => (await connectors()).enable),
      entry(
        'connectors disable',
        'offer its tools to nobody, and keep its settings',
        async () => (await connectors()).disable,
      ),
      entry('connectors remove', 'remove a connector', async () => (await connectors()).remove),
      entry(
        'secrets set',
        'keep a credential; it is read from standard input',
        async () => (await secrets()).set,
      ),
      entry('secrets list', 'the keys of what is kept', async () => (await secrets()).list),
      entry('secrets remove', 'remove a credential', async () => (await secrets()).remove),
      entry(
        'preferences list',
        'what you have switched off for your sessions',
        async () => (await preferences()).list,
      ),
      entry(
        'preferences disable',
        'switch a source or one action off',
        async () => (await preferences()).disable,
      ),
      entry('preferences enable', 'switch it on again', async () => (await preferences()).enable),
      entry('members list', 'who belongs to the organization', async () => (await members()).list),
      entry('members invite', 'invite somebody by a link', async () => (await members()).invite),
      entry(
        'members set-role',
        'make somebody owner, admin or member',
        async () => (await members()).setRole,
      ),
      entry('members remove', 'remove somebody, and their tokens', async () => (await members()).remove),
      entry('tokens list', 'your tokens', async () => (await tokens()).list),
      entry(
        'tokens create',
        'make a token for a script or another machine',
        async () => (await tokens()).create,
      ),
      entry('tokens revoke', 'end a token', async () => (await tokens()).revoke),
    ],
  },
  {
    title: 'For agents',
    commands: [
      entry('actions list', 'what this session can do', async () => (await actions.list()).list),
      entry('actions guide', 'how to use a source', async () => (await actions.guide()).guide),
      entry(
        'actions run',
        'do an action, waiting for approval where it needs one',
        async () => (await actions.run()).run,
      ),
      entry('actions status', 'what became of an invocation', async () => (await actions.status()).status),
      entry(
        'bootstrap',
        'write a guide for agents into a folder',
        async () => (await import('./commands/bootstrap.ts')).bootstrap,
      ),
    ],
  },
  {
    title: 'Shell',
    commands: [
      entry(
        'completion',
        'completion for bash, zsh or fish',
        async () => (await import('./commands/completion.ts')).completion,
      ),
    ],
  },
];

export const commands: readonly Entry[] = groups.flatMap((group) => group.commands);

function entry(path: string, about: string, load: () => Promise<Command>): Entry {
  return { path, about, load };
}
