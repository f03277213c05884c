import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { familiarBrowser, familiarCookie } from './familiar-cookie.ts';

const value = 'AbCdEfGhIjKlMnOpQrStU-';
const [plain, secure] = ['http://localhost:4747', 'https://assent.example.com'];
const shown = (cookie: string, publicUrl: string) => familiarBrowser(new Headers({ cookie }), publicUrl);

describe('the cookie of a familiar browser', () => {
  test('is set for this host alone where there is TLS, and read back', () => {
    assert.equal(
      familiarCookie(value, secure),
      `__Host-assent.familiar=${value}; Path=/; Max-Age=7776000; HttpOnly; SameSite=Strict; Secure`,
    );
    for (const publicUrl of [plain, secure]) {
      const [pair = ''] = familiarCookie(value, publicUrl).split(';');
      assert.equal(shown(`a=b; ${pair}; c=d`, publicUrl), value);
    }
  });

  test('is none where it is not whole, or has another name', () => {
    for (const cookie of ['', 'assent.familiar=', `assent.familiar=${value}x`, `xassent.familiar=${value}`])
      assert.equal(shown(cookie, plain), undefined, cookie);
    assert.equal(shown(`assent.familiar=${value}`, secure), undefined);
    assert.equal(familiarBrowser(new Headers(), plain), undefined);
  });
});
