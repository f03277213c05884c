import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { assertLinear } from '../../test/support/growth.ts';
import { isSecretKey } from './secret-keys.ts';

const names =
  'token secret password passwd authorization apikey accesstoken refreshtoken idtoken clientsecret privatekey cookie setcookie credential credentials sessiontoken signingkey webhooksecret';

const secret =
  `${names} Token TOKEN x-api-key X-API-Key githubAccessToken API_KEY APIKEY APIKey APIkey api.key apiKey myAPIKey
  userPassword HTTPAuthorization Proxy-Authorization OAuthToken set-cookie Set-Cookie SetCookie ssh_private_key signingKey X-Signing-Key pass_word token2 2token
  AWS_SECRET_ACCESS_KEY stripe.webhook_secret next_page_token -token- token__ $token headers[authorization] привет_token
  toKen`.split(/\s+/);

const harmless =
  `tokens secretary max_tokens maxTokens passwords tokenize tokenizer cookies secrets secretly apikeys key id
  passphrase author authorizations authored monkey keyboard api_keyboard mapikey xtokenx tokén éntoken TOKENS
  __proto__ constructor description value - _ . kooky
  tok`.split(/\s+/);

describe('isSecretKey', () => {
  for (const key of secret) it(`is ${key}`, () => assert.equal(isSecretKey(key), true));
  for (const key of harmless) it(`is not ${key}`, () => assert.equal(isSecretKey(key), false));
  it('is not the empty key', () => assert.equal(isSecretKey(''), false));
  it('takes spaces for separators', () => assert.equal(isSecretKey('the api key of'), true));

  it('is a listed name among other words, however they are written', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 4 });
    const writings = [
      (words: string[]) => words.join('_').toUpperCase(),
      (words: string[]) => words.join('-'),
      (words: string[]) => words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
    ];
    const name = fc.constantFrom(...names.split(' '));
    fc.assert(
      fc.property(words, name, words, fc.constantFrom(...writings), (before, name, after, write) => {
        assert.equal(isSecretKey(write([...before, name, ...after])), true);
      }),
    );
  });

  it('is never a name with letters grown onto it', () => {
    const name = fc.constantFrom(...names.split(' '));
    const grown = fc
      .tuple(fc.constantFrom('', 'x', 'zz'), name, fc.constantFrom('q', 'qq'))
      .map((parts) => parts.join(''));
    fc.assert(fc.property(grown, (key) => assert.equal(isSecretKey(key), false)));
  });

  it('reads a key of a mebibyte in one pass', () => {
    assertLinear('a long key', 131_072, (size) => {
      const key = 'to-ken_s'.repeat(size);
      return () => isSecretKey(key);
    });
  });
});
