import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { withoutChromium } from '../support/chromium.ts';
import { endsWith, pageSuite, strangersPage } from '../support/page.ts';
import { poll } from '../support/poll.ts';
import { scratchFolder } from '../support/scratch.ts';

const demo = join(import.meta.dirname, '..', '..', 'scripts', 'demo.ts');

/** The demo on a terminal, and what it has said so far. */
function onTerminal(TMPDIR: string): { child: ChildProcess; said: () => string } {
  const command = `'${process.execPath}' '${demo}'`;
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
    env: { PATH: process.env.PATH, TMPDIR, NO_COLOR: '1', TERM: 'dumb' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return { child, said: () => said };
}

describe('the demo, by somebody who has never seen it', { skip: withoutChromium }, () => {
  const pages = pageSuite();

  for (const { verb, button, told } of [
    {
      verb: 'approve',
      button: 'Approve',
      told: /On disk now: Written by an agent, with a person’s assent\./,
    },
    { verb: 'deny', button: 'Deny', told: /The file was never written\./ },
  ]) {
    test(`opens the link, and can ${verb} what waits`, async (t) => {
      const end = endsWith(t);
      const TMPDIR = scratchFolder(end);
      const { child, said } = onTerminal(TMPDIR);
      const exited = once(child, 'exit');
      end.after(async () => {
        if (child.exitCode === null) child.kill('SIGKILL');
        await exited;
      });
      const link = await poll('the link', () => /(http:\S+&next=\/inbox\/\S+)\s/.exec(said())?.[1]);
      await poll('the question', () => said().includes('Or here: do you approve this write? [y/n]'));
      const page = await strangersPage(end, pages.browser);
      await page.goto(link);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { name: 'What would run' }).waitFor();
      await page.getByRole('button', { name: button }).click();
      if (verb === 'deny')
        await page.getByRole('dialog').getByRole('button', { name: 'Deny', exact: true }).click();
      await poll('the end of the story', () => said().includes('Enter ends the demo.'));
      assert.match(said(), /Decided in the page\./);
      assert.match(said(), told);
      child.stdin?.write('\n');
      const [code] = await exited;
      assert.equal(code, 0, said());
      assert.deepEqual(readdirSync(TMPDIR), []);
    });
  }
});
