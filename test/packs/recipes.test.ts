// The recipes that restore a workspace, from markdown to the reply: against a strict policy, a permissive one and none.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { extractRecipe } from '../../src/pack/recipe.ts';
import { compileScript } from '../../src/pack/script.ts';
import { receiver, script } from '../support/receiver.ts';
import { scratchFolder } from '../support/scratch.ts';

type Recipe = 'restore-strict' | 'restore-permissive' | 'restore-short-name';

/** A home with the project and the two programs. The receiver's root is the home, as for a person's own machine. */
function workspace(t: TestContext): string {
  const home = scratchFolder(t);
  for (const folder of ['root/repos/alibaba/zvec', 'root/.flow/bin', 'root/bin'])
    mkdirSync(join(home, folder), { recursive: true });
  script(join(home, 'root/bin/open'), 'echo opened "$@"');
  script(join(home, 'root/.flow/bin/f'), 'echo "$@" in "$PWD"');
  process.env.HOME = join(home, 'root');
  return home;
}

/** `/usr/bin/open` is a Mac's; here it is a program of the workspace, under the same policy. */
function steps(name: Recipe, home: string) {
  const text = readFileSync(join(import.meta.dirname, '..', 'recipes', `${name}.md`), 'utf8');
  const recipe = extractRecipe(text.replaceAll('/usr/bin/open', join(home, 'root/bin/open')));
  return compileScript(recipe.script, { readSource: () => undefined }).steps;
}

const listed = (home: string) =>
  `default cmd=${join(home, 'root/bin/open')} cmd=${join(home, 'root/.flow/bin/f')}\n`;

function outcome(reply: string, home: string): string {
  return reply
    .replaceAll(home, '<home>')
    .replace(/pack_id=\w+/, 'pack_id=<id>')
    .replace(/dur_ms=\d+/g, 'dur_ms=<ms>')
    .replace(/\(\d+ bytes\)/g, '(<n> bytes)');
}

const opened = 'opened -a Zed <home>/root/repos/alibaba/zvec\n';
const resumed = 'ai codex continue in <home>/root/repos/alibaba/zvec\n';
const block = '--- STDOUT (<n> bytes) ---\n';

test('strict recipe, strict policy: both steps run', async (t) => {
  const home = workspace(t);
  const { run } = await receiver(t, { home, policy: listed(home) });
  assert.equal(
    outcome(await run(steps('restore-strict', home)), home),
    `OK pack_id=<id> steps=2\nSTEP 0 exec exit=0 dur_ms=<ms>\n${block}${opened}STEP 1 exec exit=0 dur_ms=<ms>\n${block}${resumed}`,
  );
});

test('permissive recipe, permissive policy: one step does both', async (t) => {
  const home = workspace(t);
  const { run } = await receiver(t, { home, policy: 'default cmd=/bin/bash\n' });
  assert.equal(
    outcome(await run(steps('restore-permissive', home)), home),
    `OK pack_id=<id> steps=1\nSTEP 0 exec exit=0 dur_ms=<ms>\n${block}${opened}${resumed}`,
  );
});

const refused = 'OK pack_id=<id> steps=2\nSTEP 0 ERR cmd_not_allowed\n';

test('strict recipe, permissive policy: a shell that is listed lists nothing else', async (t) => {
  const home = workspace(t);
  const { run } = await receiver(t, { home, policy: 'default cmd=/bin/bash\n' });
  assert.equal(outcome(await run(steps('restore-strict', home)), home), refused);
});

test('permissive recipe, strict policy: no shell is listed', async (t) => {
  const home = workspace(t);
  const { run } = await receiver(t, { home, policy: listed(home) });
  assert.equal(
    outcome(await run(steps('restore-permissive', home)), home),
    'OK pack_id=<id> steps=1\nSTEP 0 ERR cmd_not_allowed\n',
  );
});

test('a short name that no receiver knows is refused where it stands', async (t) => {
  const home = workspace(t);
  const { run } = await receiver(t, { home, policy: listed(home) });
  assert.equal(
    outcome(await run(steps('restore-short-name', home)), home),
    `OK pack_id=<id> steps=2\nSTEP 0 exec exit=0 dur_ms=<ms>\n${block}${opened}STEP 1 ERR cmd_not_allowed\n`,
  );
});

test('without a line for the key nothing runs, and without a policy the built-in list holds', async (t) => {
  const home = workspace(t);
  const strict = await receiver(t, { home, policy: 'other cmd=/bin/bash\n' });
  assert.equal(await strict.run(steps('restore-strict', home)), 'ERR policy missing for key_id: default\n');
  const elsewhere = workspace(t);
  const open = await receiver(t, { home: elsewhere });
  const macOpen = compileScript('exec /usr/bin/open -a Zed', { readSource: () => undefined }).steps;
  assert.match(await open.run(macOpen), /\nSTEP 0 ERR cmd_not_allowed\n$/);
});
