import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { assentHome } from '../../config/home.ts';
import { receiverFiles } from '../../config/receiver.ts';
import { configLines } from '../../lib/config-lines.ts';
import { messageOf } from '../../lib/errors.ts';
import { updatePrivateFile } from '../../lib/update-file.ts';
import { parsePolicy } from '../../pack/key-policy.ts';
import { parsePublicKey } from '../../pack/keys.ts';
import { command, reply } from '../command.ts';
import { usage } from '../exit.ts';
import { keyIdOf } from '../packs/key-files.ts';

/** What a key may do that nobody has thought about yet. Source: the original program's own line. */
const firstRules =
  'cmd=/usr/bin/git cmd=/usr/bin/make cmd=/bin/rm cmd=/bin/mkdir cmd=/bin/bash cmd=/usr/bin/python3 cmd=/usr/bin/xcodebuild cmd=/usr/bin/xcrun cmd=/usr/bin/clang cmd=/usr/bin/clang++ allow_root_scripts=0 allow_exec_writes=0';

export const enable = command({
  example: 'assent action-pack receiver enable --listen :5011 --trust default BGPD…Ygk= --root ~/work',
  more: `Writes the receiver's configuration, trusts the key, and gives it a line in the policy if it has none.
\`assent receiver\` then runs it. Run this again to trust a further key.`,
  args: { 'public-key': { about: 'the key to trust: what action-pack keygen prints' } },
  flags: {
    listen: { type: 'text', value: 'ADDRESS', about: 'where to listen; `:5011` is every IPv4 address' },
    trust: { type: 'text', value: 'ID', about: "the key's id, with the public key behind it" },
    root: { type: 'text', value: 'DIR', about: 'the folder that packs may not leave (~/action-packs)' },
  },
  async run({ args, flags }) {
    if (flags.listen === undefined) throw usage('receiver enable requires --listen <ip:port>');
    if (flags.trust === undefined) throw usage('receiver enable requires --trust <key_id> <pubkey>');
    const id = keyIdOf(flags.trust);
    checkKey(args['public-key']);
    const root = resolve(flags.root ?? join(homedir(), 'action-packs'));
    const files = receiverFiles(assentHome(process.env));
    mkdirSync(root, { recursive: true });
    updatePrivateFile(files.pubkeys, (text) => withLine(text, id, args['public-key']));
    const isNew = addPolicy(files.policy, id);
    updatePrivateFile(files.conf, () => configuration(flags.listen ?? '', root, files));
    const answer = { id, root, listen: flags.listen, files, newPolicyLine: isNew };
    return reply(answer, () => 'OK', next(files.policy, isNew));
  },
});

function checkKey(text: string): void {
  try {
    parsePublicKey(text);
  } catch (error) {
    throw usage(
      `${messageOf(error)}. It is what \`assent action-pack export-pub\` prints on the other machine.`,
    );
  }
}

/** The file with this key's line in the place of any it had. */
function withLine(text: string, id: string, rest: string): string {
  const others = text.split('\n').filter((line) => line !== '' && line.trim().split(/\s+/)[0] !== id);
  return [...others, `${id} ${rest}`, ''].join('\n');
}

/** What somebody has narrowed stays narrow. */
function addPolicy(path: string, id: string): boolean {
  let isNew = false;
  updatePrivateFile(path, (text) => {
    parsePolicy(text, path);
    isNew = ![...configLines(text)].some(([, line]) => line.split(/\s+/)[0] === id);
    const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    return isNew ? `${before}${id} ${firstRules}\n` : text;
  });
  return isNew;
}

function configuration(listen: string, root: string, files: ReturnType<typeof receiverFiles>): string {
  const settings = {
    listen,
    root,
    pubkeys: files.pubkeys,
    policy: files.policy,
    allow_local: 1,
    allow_tailscale: 1,
    max_conns: 4,
    io_timeout_ms: 5000,
    max_request: 4_194_304,
    max_output: 1_048_576,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return ['# assent action-pack receiver config', ...lines, ''].join('\n');
}

function next(policy: string, isNew: boolean): string {
  const run = 'Next: assent receiver. One that runs already needs a restart.';
  if (!isNew) return run;
  return `${run}\nThe key may run bash, python3 and make, which run anything: take out of ${policy} what it does not need.`;
}
