import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { assent, up } from './support/cli.ts';
import { poll } from './support/poll.ts';
import { scratchFolder } from './support/scratch.ts';

const root = join(import.meta.dirname, '..');

/** What `npm pack` makes, unpacked where `npm install` would put it, beside its dependencies and no others. */
function installed(folder: string): { readonly home: string; readonly files: readonly string[] } {
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  // npm's own report.
  const report = JSON.parse(
    execFileSync('npm', pack, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as unknown;
  const [packed] = Object.values(report as object) as [{ filename: string; files: { path: string }[] }];
  const modules = join(folder, 'app', 'node_modules');
  const home = join(modules, 'assent');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', home, '--strip-components=1']);
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  for (const [path, { dev, devOptional }] of Object.entries(lock.packages)) {
    const isTop = path.startsWith('node_modules/') && !path.slice(1).includes('/node_modules/');
    if (!isTop || dev === true || devOptional === true) continue;
    const target = join(modules, path.slice('node_modules/'.length));
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(root, path), target);
  }
  return { home, files: packed.files.map(({ path }) => path) };
}

test('the packed tarball, installed elsewhere with its dependencies alone, does what the project does', async (t) => {
  const folder = scratchFolder(t);
  const { home, files } = installed(folder);
  const expected = /^(?:dist\/[\w./-]+|package\.json|README\.md|CHANGELOG\.md|LICENSE|SECURITY\.md)$/;
  assert.deepEqual(
    files.filter((path) => !expected.test(path) || /\.test\.|\.pem$|\.key$/.test(path)),
    [],
  );
  for (const path of ['dist/cli.js', 'dist/pack.js', 'dist/assent-receiver.mjs', 'dist/web/index.html'])
    assert.ok(files.includes(path), path);

  const program = join(home, 'dist', 'cli.js');
  const env = { ASSENT_HOME: join(folder, 'home') };
  const run = async (args: readonly string[], input = '') => {
    const { code, stdout, stderr } = await assent(args, env, input, program);
    assert.equal(code, 0, `${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  };

  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  assert.ok((await run(['--version'])).includes(version));

  const script = join(folder, 'uptime.ap');
  writeFileSync(script, 'exec /usr/bin/uptime\n');
  const key = (await run(['action-pack', 'keygen'])).trim();
  assert.match(key, /^[A-Za-z0-9+/=]{88}$/);
  await run(['action-pack', 'pack', script, '--out', join(folder, 'uptime.sap')]);
  assert.match(await run(['action-pack', 'inspect', join(folder, 'uptime.sap')]), /\/usr\/bin\/uptime/);

  const library = join(folder, 'app', 'library.mjs');
  const code = "import { decodeEnvelope } from 'assent/pack'; import { readFileSync } from 'node:fs';";
  writeFileSync(
    library,
    `${code} console.log(decodeEnvelope(readFileSync(process.argv[2])).payload.length > 0);`,
  );
  const printed = execFileSync(process.execPath, [library, join(folder, 'uptime.sap')], { encoding: 'utf8' });
  assert.equal(printed, 'true\n');

  const gateway = await up(t, ['--port', '0', '--allow-stdio-connectors'], env, program);
  const server = `${process.execPath} ${join(root, 'test', 'fixtures', 'notes-server.ts')} --large`;
  await run(['connectors', 'add', 'notes', '--command', server]);
  await run(['modes', 'set', 'notes:read_note', 'require_approval']);
  const session = JSON.parse(await run(['sessions', 'create', '--json'])) as { env: Record<string, string> };
  const agent = assent(
    ['actions', 'run', 'notes:read_note', '--params', '{"id":"7"}'],
    { ...env, ...session.env },
    '',
    program,
  );
  const owner = JSON.parse(readFileSync(join(folder, 'home', 'credentials.json'), 'utf8')) as {
    token: string;
  };
  const headers = { authorization: `Bearer ${owner.token}` };
  const id = await poll('a request that waits', async () => {
    const answer = await fetch(`${gateway.address}/v1/invocations?status=pending`, { headers });
    const { invocations } = (await answer.json()) as { invocations: { id: string }[] };
    return invocations[0]?.id;
  });
  await run(['inbox', 'approve', id]);
  const { code: ended, stdout } = await agent;
  assert.deepEqual([ended, Object.keys(JSON.parse(stdout) as object)], [0, ['content', 'structuredContent']]);
  // A large schema is checked by a thread of its own, which is a file of its own.
  const sorting = (params: string) =>
    assent(
      ['actions', 'run', 'notes:sort_notes', '--params', params],
      { ...env, ...session.env },
      '',
      program,
    );
  assert.equal((await sorting('{"place7":7}')).code, 0);
  assert.match(
    (await sorting('{"place7":8}')).stderr,
    /do not fit "sort_notes" at \/place7: must be one of \[7\]/,
  );
  assert.equal((await fetch(gateway.address)).status, 200);
  assert.equal(await gateway.stop(), 0);
});
