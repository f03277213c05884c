import type { Command } from './command.ts';
import { type Audience, forPeople } from './for-people.ts';

/** What is typed, whose it is, what it does, and where it is: loaded only when it runs. */
export interface Entry {
  readonly path: string;
  readonly audience: Audience;
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
      person('up', 'start the gateway', up, 'up'),
      person('backup', 'copy the database and its key, also while the gateway runs', backup, 'backup'),
      person('restore', 'make a backup the database of a data folder', restore, 'restore'),
      person('login', 'log in to a gateway, through the browser', login, 'login'),
      person('status', 'how the gateway does, and what waits', status, 'status'),
    ],
  },
  {
    title: 'For people',
    commands: [
      person('inbox', 'the pending approvals, with what exactly would run', inbox, 'inbox'),
      person('inbox show', 'one invocation, whole', inbox, 'show'),
      person(
        'inbox reveal',
        'what would run, with nothing hidden; that you looked is recorded',
        inbox,
        'reveal',
      ),
      person('inbox approve', 'approve one: it runs at once, and once', inbox, 'approve'),
      person('inbox deny', 'deny one', inbox, 'deny'),
      person('inbox watch', 'follow the inbox, and decide with a key', inboxWatch, 'watch'),
      person('history', 'what was asked for, and what became of it', history, 'history'),
      person('history show', 'one invocation, whole, with who looked at what was hidden', history, 'show'),
      person('acts', 'what people did that is on record, like a look at what was hidden', acts, 'acts'),
      person('sessions create', 'open a session for an agent', sessions, 'create'),
      person('sessions list', 'the sessions, newest first', sessions, 'list'),
      person('sessions show', 'one session, and what it was refused', sessions, 'show'),
      person('sessions revoke', 'end a session: its token stops working', sessions, 'revoke'),
      person('automations list', 'the automations', automations, 'list'),
      person('automations create', 'make a standing job that sessions can belong to', automations, 'create'),
      person('automations modes', 'the modes that an automation overrides', automationModes, 'modes'),
      person('automations set-mode', 'override the mode of one action', automationModes, 'setMode'),
      person('automations unset-mode', 'take an override back', automationModes, 'unsetMode'),
      person('automations delete', 'delete an automation', automations, 'remove'),
      person('modes list', "the organization's modes", modes, 'list'),
      person('modes set', 'set what happens when an action is asked for', modes, 'set'),
      person('modes unset', "go back to what the action's risk says", modes, 'unset'),
      person('connectors add', 'add an MCP server, whose tools become actions', connectorsAdd, 'add'),
      person('connectors list', 'the connectors', connectors, 'list'),
      person('connectors tools', "a connector's tools, with risk, mode and review", connectors, 'tools'),
      person('connectors review', 'look at a tool, and pin its definition', connectorsReview, 'review'),
      person('review', 'look at an action of any source, and pin its definition', review, 'review'),
      person(
        'connectors change',
        'change what its server gets and how long it may take',
        connectorsChange,
        'change',
      ),
      person('connectors enable', 'offer its tools again', connectors, 'enable'),
      person('connectors disable', 'offer its tools to nobody, and keep its settings', connectors, 'disable'),
      person('connectors remove', 'remove a connector', connectors, 'remove'),
      person('integrations set', 'set Linear, Sentry or Slack up', integrations, 'set'),
      person('integrations list', 'the providers that are set up', integrations, 'list'),
      person('integrations remove', 'remove a provider', integrations, 'remove'),
      person('secrets set', 'keep a credential; it is read from standard input', secrets, 'set'),
      person('secrets list', 'the keys of what is kept', secrets, 'list'),
      person('secrets remove', 'remove a credential', secrets, 'remove'),
      person(
        'notifications add',
        'announce waiting approvals in Slack or to a webhook',
        notifications,
        'add',
      ),
      person('notifications list', 'who is told', notifications, 'list'),
      person('notifications remove', 'stop telling somebody', notifications, 'remove'),
      person('notifications deliveries', 'what became of each announcement', notifications, 'deliveries'),
      person('preferences list', 'what you have switched off for your sessions', preferences, 'list'),
      person('preferences disable', 'switch a source or one action off', preferences, 'disable'),
      person('preferences enable', 'switch it on again', preferences, 'enable'),
      person('members list', 'who belongs to the organization', members, 'list'),
      person('members invite', 'invite somebody by a link', members, 'invite'),
      person('members set-role', 'make somebody owner, admin or member', members, 'setRole'),
      person('members remove', 'remove somebody, and their tokens', members, 'remove'),
      person('tokens list', 'your tokens', tokens, 'list'),
      person('tokens create', 'make a token for a script or another machine', tokens, 'create'),
      person('tokens revoke', 'end a token', tokens, 'revoke'),
    ],
  },
  {
    title: 'For agents',
    commands: [
      agent('actions list', 'what this session can do', actionsList, 'list'),
      agent('actions guide', 'how to use a source', actionsGuide, 'guide'),
      agent('actions run', 'do an action, waiting for approval where it needs one', actionsRun, 'run'),
      agent('actions result', 'all of what an invocation came to, again', actionsResult, 'result'),
      agent('actions status', 'what became of an invocation', actionsStatus, 'status'),
      anybody('bootstrap', 'write a guide for agents into a folder', bootstrap, 'bootstrap'),
    ],
  },
  {
    title: 'Action packs',
    commands: [
      person('action-pack run', 'pack a script or a recipe, send it, and show what happens', packSend, 'run'),
      anybody(
        'action-pack check',
        'which steps a receiver would refuse, and what would allow them',
        packCheck,
        'check',
      ),
      person('action-pack pack', 'sign a script or a recipe into a pack', packMake, 'pack'),
      person('action-pack send', 'send a pack to a receiver', packSend, 'send'),
      anybody('action-pack inspect', 'all that is in a pack', packInspect, 'inspect'),
      anybody('action-pack extract', 'the block of a recipe that runs', packExtract, 'extract'),
      person('action-pack keygen', 'make a key to sign with', packKeys, 'keygen'),
      person('action-pack export-pub', 'the public half of a key', packKeys, 'exportPub'),
      person('action-pack pair', 'begin with a receiver on another machine', packReceivers, 'pair'),
      person('action-pack register', 'give a receiver a name', packReceivers, 'register'),
      anybody('action-pack receivers', 'the receivers that have a name', packReceivers, 'receivers'),
      person('action-pack receiver enable', 'trust a key on this machine', packReceiverEnable, 'enable'),
      person('receiver', 'run packs that trusted keys have signed', receiver, 'receiver'),
    ],
  },
  {
    title: 'Shell',
    commands: [anybody('completion', 'completion for bash, zsh or fish', completion, 'completion')],
  },
];

export const commands: readonly Entry[] = groups.flatMap((group) => group.commands);

/** The commands under a noun: `inbox show` and its like under `inbox`. */
export function verbsOf(noun: string): readonly Entry[] {
  return commands.filter((one) => one.path.startsWith(`${noun} `));
}

type Module<Name extends string> = () => Promise<Record<Name, Command>>;

/** Works on what a person holds, and refuses in an agent's environment. */
function person<Name extends string>(path: string, about: string, module: Module<Name>, name: Name): Entry {
  return {
    path,
    audience: 'person',
    about,
    load: async () => forPeople(path, (await module())[name]),
  };
}

/** Works on a session, with the session's token. */
function agent<Name extends string>(path: string, about: string, module: Module<Name>, name: Name): Entry {
  return { path, audience: 'agent', about, load: async () => (await module())[name] };
}

/** Works on what it is given, with nobody's credentials. */
function anybody<Name extends string>(path: string, about: string, module: Module<Name>, name: Name): Entry {
  return { path, audience: 'anybody', about, load: async () => (await module())[name] };
}
