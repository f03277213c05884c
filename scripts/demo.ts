// `npm run demo`: the whole story in a minute, with the real command line, a real gateway, its page and a real MCP server, on
// a scratch folder that is gone afterwards. `--yes` answers for the person who is asked.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';

const root = join(import.meta.dirname, '..');
const cli = join(root, 'dist', 'cli.js');
const server = join(root, 'node_modules', '@modelcontextprotocol', 'server-filesystem', 'dist', 'index.js');
const answersYes = process.argv.includes('--yes');

type Env = Record<string, string>;

if (!answersYes && !process.stdin.isTTY) {
  console.error('demo: there is no terminal to ask on. Let it answer for itself: npm run demo -- --yes');
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), 'assent-demo-'));
const files = join(scratch, 'files');
const home: Env = { ASSENT_HOME: join(scratch, 'home') };
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());

let gateway: ChildProcess | undefined;
try {
  await play();
} catch (error) {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
  // Also where the question was what was interrupted: whatever still runs ends with it.
  interrupted.abort();
  say('interrupted');
  process.exitCode = 130;
} finally {
  await stop(gateway);
  rmSync(scratch, { recursive: true, force: true });
  say('the gateway is stopped, and the scratch folder is gone');
}

async function play(): Promise<void> {
  mkdirSync(files);
  writeFileSync(join(files, 'notes.txt'), 'The deploy key is rotated every Monday.\n');

  say('1. A gateway, on an embedded database');
  gateway = await startGateway();

  say(
    '2. An MCP server becomes a source of actions. What changes files is to be asked about, so an admin says so',
  );
  await assent(['connectors', 'add', 'files', '--command', `${process.execPath} ${server} ${files}`]);
  await assent(['connectors', 'review', 'files', 'write_file', '--risk', 'write']);

  say('3. A session for an agent: three variables, and no credential of anything else');
  const agent = await openSession();

  say('4. The agent looks at what there is, and reads a file: allowed, so it runs at once');
  await assent(['actions', 'list'], agent);
  await assent(
    [
      'actions',
      'run',
      'files:read_text_file',
      '--params',
      JSON.stringify({ path: join(files, 'notes.txt') }),
    ],
    agent,
  );

  say('5. The agent writes a file: that waits for a person');
  await writeWithApproval(agent);

  say('6. The agent moves a file over another: destructive, and refused by default');
  const move = { source: join(files, 'notes.txt'), destination: join(files, 'report.txt') };
  await assent(['actions', 'run', 'files:move_file', '--params', JSON.stringify(move)], agent);

  say('7. Everybody can see afterwards what was done, and why it was allowed');
  await assent(['history']);
  await lookAround();
}

async function startGateway(): Promise<ChildProcess> {
  const args = [
    'up',
    '--port',
    '0',
    '--data-dir',
    join(scratch, 'data'),
    '--allow-stdio-connectors',
    '--log-level',
    'error',
  ];
  show(args);
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...process.env, ...home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    if (line.startsWith('sign in')) return child;
  }
  throw new Error('the gateway ended before it listened');
}

async function openSession(): Promise<Env> {
  const args = ['sessions', 'create', '--name', 'demo'];
  show(args);
  const { stdout } = await run([...args, '--json'], home);
  const { env } = JSON.parse(stdout) as { env: Env };
  for (const [name, value] of Object.entries(env))
    console.log(`${name}=${name === 'ASSENT_TOKEN' ? `${value.slice(0, 9)}…` : value}`);
  return env;
}

async function writeWithApproval(agent: Env): Promise<void> {
  const target = join(files, 'report.txt');
  const params = JSON.stringify({ path: target, content: 'Written by an agent, with a person’s assent.\n' });
  const args = ['actions', 'run', 'files:write_file', '--params', params];
  show(args);
  const writing = run(args, { ...home, ...agent });
  // It is awaited below; an interruption before that is noticed by the question that is open.
  writing.catch(() => undefined);
  const id = await waitingInvocation();
  await assent(['inbox']);
  console.log(`The file is ${existsSync(target) ? 'already there, which is wrong' : 'not there yet'}.`);
  const approved = await decided(id, writing);
  const { code } = await writing;
  console.log(`The agent's command has ended, with exit code ${code}.`);
  console.log(
    existsSync(target)
      ? `On disk now: ${readFileSync(target, 'utf8').trim()}`
      : 'The file was never written.',
  );
  if (existsSync(target) !== approved || (code === 0) !== approved)
    throw new Error('the demo went otherwise than decided');
}

/** The agent's own command says when it waits; here the inbox is asked until it shows the request. */
async function waitingInvocation(): Promise<string> {
  for (;;) {
    const { stdout } = await run(['inbox', '--json'], home);
    const [first] = (JSON.parse(stdout) as { invocations: { id: string }[] }).invocations;
    if (first !== undefined) return first.id;
  }
}

/** In the page or here, whichever comes first; whether it was approved. */
async function decided(id: string, writing: Promise<{ code: number }>): Promise<boolean> {
  const question = styleText('bold', 'Or here: do you approve this write? [y/n] ');
  await sayWhereToDecide(id);
  if (answersYes) console.log(`${question}y (--yes)`);
  const elsewhere = new AbortController();
  const byPage = writing.then(({ code }) => {
    elsewhere.abort();
    return code === 0;
  });
  const here = answersYes ? true : await askHere(question, elsewhere.signal);
  if (here === undefined) {
    console.log('\nDecided in the page.');
    return byPage;
  }
  await assent(here ? ['inbox', 'approve', id] : ['inbox', 'deny', id, '--reason', 'not in this demo']);
  return here;
}

/** A link that signs a browser in and shows what waits; opened by itself where there is a desktop. */
async function sayWhereToDecide(id: string): Promise<void> {
  const { stdout } = await run(['login', '--link', '--json'], home);
  const { link } = JSON.parse(stdout) as { link: string };
  const toRequest = `${link}&next=/inbox/${id}`;
  say(`It waits for you. Decide in the page:`);
  console.log(styleText('underline', toRequest));
  if (!answersYes) openInBrowser(toRequest);
}

/** What a desktop opens an address with; nothing where there is none. */
function openInBrowser(url: string): void {
  const hasDesktop = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  const openers: Partial<Record<NodeJS.Platform, string>> = {
    darwin: 'open',
    ...(hasDesktop && { linux: 'xdg-open' }),
  };
  const opener = openers[process.platform];
  if (opener === undefined) return;
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  // The link stands there to be opened by hand.
  child.once('error', () => undefined);
  child.unref();
}

/** The answer; `undefined` where it was decided elsewhere meanwhile. */
async function askHere(question: string, elsewhere: AbortSignal): Promise<boolean | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const signal = AbortSignal.any([elsewhere, interrupted.signal]);
    return /^y(es)?$/i.test((await terminal.question(question, { signal })).trim());
  } catch (error) {
    if (elsewhere.aborted) return undefined;
    throw error;
  } finally {
    terminal.close();
  }
}

/** The page lives as long as the gateway: the person who looks around there says when it may end. */
async function lookAround(): Promise<void> {
  if (answersYes) return;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const question = styleText(
      'bold',
      '\nLook around in the page as long as you like. Enter ends the demo. ',
    );
    await terminal.question(question, { signal: interrupted.signal });
  } finally {
    terminal.close();
  }
}

/** One command as a person would type it, with its output. */
async function assent(args: readonly string[], agent: Env = {}): Promise<void> {
  show(args);
  const { code } = await run(args, { ...home, ...agent }, true);
  if (code !== 0) console.log(styleText('dim', `(exit code ${code})`));
}

async function run(
  args: readonly string[],
  env: Env,
  visible = false,
): Promise<{ code: number; stdout: string }> {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', visible ? 'inherit' : 'pipe', 'inherit'],
    signal: interrupted.signal,
  });
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, stdout };
}

async function stop(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function show(args: readonly string[]): void {
  const words = args.map((word) => (/^[\w./:@=-]+$/.test(word) ? word : `'${word}'`));
  console.log(
    styleText(
      'cyan',
      `$ assent ${words.join(' ').replaceAll(scratch, '…').replaceAll(`${process.execPath} ${server}`, 'mcp-server-filesystem')}`,
    ),
  );
}

function say(text: string): void {
  console.log(`\n${styleText('bold', text)}`);
}
