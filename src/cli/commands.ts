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

const actionsGuide = () => import('./commands/actions-guide.ts');
const actionsList = () => import('./commands/actions-list.ts');
const actionsResult = () => import('./commands/actions-result.ts');
const actionsRun = () => import('./commands/actions-run.ts');
const actionsStatus = () => import('./commands/actions-status.ts');
const acts = () => import('./commands/acts.ts');
const automationModes = () => import('./commands/automation-modes.ts');
const automations = () => import('./commands/automations.ts');
const backup = () => import('./commands/backup.ts');
const bootstrap = () => import('./commands/bootstrap.ts');
const completion = () => import('./commands/completion.ts');
const connectors = () => import('./commands/connectors.ts');
const connectorsAdd = () => import('./commands/connectors-add.ts');
const connectorsChange = () => import('./commands/connectors-change.ts');
const connectorsReview = () => import('./commands/connectors-review.ts');
const review = () => import('./commands/review.ts');
const history = () => import('./commands/history.ts');
const inbox = () => import('./commands/inbox.ts');
const inboxWatch = () => import('./commands/inbox-watch.ts');
const integrations = () => import('./commands/integrations.ts');
const login = () => import('./commands/login.ts');
const members = () => import('./commands/members.ts');
const modes = () => import('./commands/modes.ts');
const notifications = () => import('./commands/notifications.ts');
const packCheck = () => import('./commands/pack-check.ts');
const packExtract = () => import('./commands/pack-extract.ts');
const packInspect = () => import('./commands/pack-inspect.ts');
const packKeys = () => import('./commands/pack-keys.ts');
const packMake = () => import('./commands/pack-make.ts');
const packReceiverEnable = () => import('./commands/pack-receiver-enable.ts');
const packReceivers = () => import('./commands/pack-receivers.ts');
const packSend = () => import('./commands/pack-send.ts');
const preferences = () => import('./commands/preferences.ts');
const receiver = () => import('./commands/receiver.ts');
const restore = () => import('./commands/restore.ts');
const secrets = () => import('./commands/secrets.ts');
const sessions = () => import('./commands/sessions.ts');
const status = () => import('./commands/status.ts');
const tokens = () => import('./commands/tokens.ts');
const up = () => import('./commands/up.ts');

export const groups: readonly Group[] = [
  {
    title: 'Running',
    commands: [
      entry('up', 'start the gateway', up, 'up'),
      entry('backup', 'copy the database and its key, also while the gateway runs', backup, 'backup'),
      entry('restore', 'make a backup the database of a data folder', restore, 'restore'),
      entry('login', 'log in to a gateway, through the browser', login, 'login'),
      entry('status', 'how the gateway does, and what waits', status, 'status'),
    ],
  },
  {
    title: 'For people',
    commands: [
      entry('inbox', 'the pending approvals, with what exactly would run', inbox, 'inbox'),
      entry('inbox show', 'one invocation, whole', inbox, 'show'),
      entry(
        'inbox reveal',
        'what would run, with nothing hidden; that you looked is recorded',
        inbox,
        'reveal',
      ),
      entry('inbox approve', 'approve one: it runs at once, and once', inbox, 'approve'),
      entry('inbox deny', 'deny one', inbox, 'deny'),
      entry('inbox watch', 'follow the inbox, and decide with a key', inboxWatch, 'watch'),
      entry('history', 'what was asked for, and what became of it', history, 'history'),
      entry('history show', 'one invocation, whole, with who looked at what was hidden', history, 'show'),
      entry('acts', 'what people did that is on record, like a look at what was hidden', acts, 'acts'),
      entry('sessions create', 'open a session for an agent', sessions, 'create'),
      entry('sessions list', 'the sessions, newest first', sessions, 'list'),
      entry('sessions show', 'one session, and what it was refused', sessions, 'show'),
      entry('sessions revoke', 'end a session: its token stops working', sessions, 'revoke'),
      entry('automations list', 'the automations', automations, 'list'),
      entry('automations create', 'make a standing job that sessions can belong to', automations, 'create'),
      entry('automations modes', 'the modes that an automation overrides', automationModes, 'modes'),
      entry('automations set-mode', 'override the mode of one action', automationModes, 'setMode'),
      entry('automations unset-mode', 'take an override back', automationModes, 'unsetMode'),
      entry('automations delete', 'delete an automation', automations, 'remove'),
      entry('modes list', "the organization's modes", modes, 'list'),
      entry('modes set', 'set what happens when an action is asked for', modes, 'set'),
      entry('modes unset', "go back to what the action's risk says", modes, 'unset'),
      entry('connectors add', 'add an MCP server, whose tools become actions', connectorsAdd, 'add'),
      entry('connectors list', 'the connectors', connectors, 'list'),
      entry('connectors tools', "a connector's tools, with risk, mode and review", connectors, 'tools'),
      entry('connectors review', 'look at a tool, and pin its definition', connectorsReview, 'review'),
      entry('review', 'look at an action of any source, and pin its definition', review, 'review'),
      entry(
        'connectors change',
        'change what its server gets and how long it may take',
        connectorsChange,
        'change',
      ),
      entry('connectors enable', 'offer its tools again', connectors, 'enable'),
      entry('connectors disable', 'offer its tools to nobody, and keep its settings', connectors, 'disable'),
      entry('connectors remove', 'remove a connector', connectors, 'remove'),
      entry('integrations set', 'set Linear, Sentry or Slack up', integrations, 'set'),
      entry('integrations list', 'the providers that are set up', integrations, 'list'),
      entry('integrations remove', 'remove a provider', integrations, 'remove'),
      entry('secrets set', 'keep a credential; it is read from standard input', secrets, 'set'),
      entry('secrets list', 'the keys of what is kept', secrets, 'list'),
      entry('secrets remove', 'remove a credential', secrets, 'remove'),
      entry('notifications add', 'announce waiting approvals in Slack or to a webhook', notifications, 'add'),
      entry('notifications list', 'who is told', notifications, 'list'),
      entry('notifications remove', 'stop telling somebody', notifications, 'remove'),
      entry('notifications deliveries', 'what became of each announcement', notifications, 'deliveries'),
      entry('preferences list', 'what you have switched off for your sessions', preferences, 'list'),
      entry('preferences disable', 'switch a source or one action off', preferences, 'disable'),
      entry('preferences enable', 'switch it on again', preferences, 'enable'),
      entry('members list', 'who belongs to the organization', members, 'list'),
      entry('members invite', 'invite somebody by a link', members, 'invite'),
      entry('members set-role', 'make somebody owner, admin or member', members, 'setRole'),
      entry('members remove', 'remove somebody, and their tokens', members, 'remove'),
      entry('tokens list', 'your tokens', tokens, 'list'),
      entry('tokens create', 'make a token for a script or another machine', tokens, 'create'),
      entry('tokens revoke', 'end a token', tokens, 'revoke'),
    ],
  },
  {
    title: 'For agents',
    commands: [
      entry('actions list', 'what this session can do', actionsList, 'list'),
      entry('actions guide', 'how to use a source', actionsGuide, 'guide'),
      entry('actions run', 'do an action, waiting for approval where it needs one', actionsRun, 'run'),
      entry('actions result', 'all of what an invocation came to, again', actionsResult, 'result'),
      entry('actions status', 'what became of an invocation', actionsStatus, 'status'),
      entry('bootstrap', 'write a guide for agents into a folder', bootstrap, 'bootstrap'),
    ],
  },
  {
    title: 'Action packs',
    commands: [
      entry('action-pack run', 'pack a script or a recipe, send it, and show what happens', packSend, 'run'),
      entry(
        'action-pack check',
        'which steps a receiver would refuse, and what would allow them',
        packCheck,
        'check',
      ),
      entry('action-pack pack', 'sign a script or a recipe into a pack', packMake, 'pack'),
      entry('action-pack send', 'send a pack to a receiver', packSend, 'send'),
      entry('action-pack inspect', 'all that is in a pack', packInspect, 'inspect'),
      entry('action-pack extract', 'the block of a recipe that runs', packExtract, 'extract'),
      entry('action-pack keygen', 'make a key to sign with', packKeys, 'keygen'),
      entry('action-pack export-pub', 'the public half of a key', packKeys, 'exportPub'),
      entry('action-pack pair', 'begin with a receiver on another machine', packReceivers, 'pair'),
      entry('action-pack register', 'give a receiver a name', packReceivers, 'register'),
      entry('action-pack receivers', 'the receivers that have a name', packReceivers, 'receivers'),
      entry('action-pack receiver enable', 'trust a key on this machine', packReceiverEnable, 'enable'),
      entry('receiver', 'run packs that trusted keys have signed', receiver, 'receiver'),
    ],
  },
  {
    title: 'Shell',
    commands: [entry('completion', 'completion for bash, zsh or fish', completion, 'completion')],
  },
];

export const commands: readonly Entry[] = groups.flatMap((group) => group.commands);

/** The commands under a noun: `inbox show` and its like under `inbox`. */
export function verbsOf(noun: string): readonly Entry[] {
  return commands.filter((one) => one.path.startsWith(`${noun} `));
}

function entry<Name extends string>(
  path: string,
  about: string,
  module: () => Promise<Record<Name, Command>>,
  name: Name,
): Entry {
  return { path, about, load: async () => (await module())[name] };
}
