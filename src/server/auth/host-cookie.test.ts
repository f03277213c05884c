import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hostCookie } from './host-cookie.ts';

const value = 'AbCdEfGhIjKlMnOpQrStU-';
const [plain, secure] = ['http://localhost:4747', 'https://assent.example.com'];
const cookieAt = (publicUrl: string) =>
  hostCookie(publicUrl, {
    name: 'assent.familiar',
    sameSite: 'Strict',
    lifetime: 7_776_000,
    form: /^[\w-]{22}$/,
  });
const shown = (cookie: string, publicUrl: string) => cookieAt(publicUrl).read(new Headers({ cookie }));

describe('a cookie', () => {
  test('is set for this host alone where there is TLS, and read back', () => {
    assert.equal(
      cookieAt(secure).keep(value),
      `__Host-assent.familiar=${value}; Max-Age=7776000; Path=/; HttpOnly; Secure; SameSite=Strict`,
    );
    for (const publicUrl of [plain, secure]) {
      const [pair = ''] = cookieAt(publicUrl).keep(value).split(';');
      assert.equal(shown(`a=b; ${pair}; c=d`, publicUrl), value);
    }
  });

  test('is none where it is not whole, or has another name', () => {
    for (const cookie of ['', 'assent.familiar=', `assent.familiar=${value}x`, `xassent.familiar=${value}`])
      assert.equal(shown(cookie, plain), undefined, cookie);
    assert.equal(shown(`assent.familiar=${value}`, secure), undefined);
    assert.equal(cookieAt(plain).read(new Headers()), undefined);
  });
});
