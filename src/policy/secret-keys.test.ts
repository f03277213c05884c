import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { assertLinear } from '../../test/support/growth.ts';
import { isSecretKey } from './secret-keys.ts';
import {
  attributeWords,
  credentialNames,
  exactNames,
  harmlessTokens,
  lastNames,
  wordEndings,
} from './secret-names.ts';

const secret =
  `Token TOKEN x-api-key X-API-Key githubAccessToken API_KEY APIKEY APIKey APIkey api.key apiKey myAPIKey toKen
  userPassword HTTPAuthorization Proxy-Authorization OAuthToken set-cookie Set-Cookie SetCookie ssh_private_key signingKey
  X-Signing-Key pass_word token2 2token AWS_SECRET_ACCESS_KEY stripe.webhook_secret -token- token__ $token
  headers[authorization] привет_token connectionString ConnectionString AccountKey passphrase jwt pin privateKey client_secret
  DB_PASSWORD db_pass DB_PASS PGPASSWORD MYSQL_PWD dbpassword userPin SECRET_KEY SECRET_KEY_BASE API_KEY_OPENAI TOKEN_GITHUB
  password_hash csrf_token X-Auth-Token DOCKER_AUTH_CONFIG_PASSWORD password_reset_token accessToken refresh_token
  SharedAccessKey STRIPE_SECRET_KEY service_role_key Ocp-Apim-Subscription-Key AWS_SESSION_TOKEN _authToken _auth
  X-Amz-Security-Token ENCRYPTION_KEY MASTER_KEY smtp_pass authorization_code clientSecret`.split(/\s+/);

const harmless =
  `tokens secretary max_tokens maxTokens passwords tokenize tokenizer cookies secrets secretly apikeys key id
  author authorizations authored monkey keyboard api_keyboard mapikey xtokenx tokén éntoken TOKENS
  __proto__ constructor description value - _ . kooky tok
  nextPageToken page_token next_page_token PageToken pageToken nextToken NextToken next_token previous_token paginationToken
  pagination_token ContinuationToken NextContinuationToken continuation_token syncToken nextSyncToken $skiptoken skipToken
  deltaToken resumeToken nextForwardToken nextBackwardToken nextSequenceToken progressToken idempotency_token
  clientRequestToken eos_token cursor nextCursor endCursor marker next offset page after
  token_count tokenCount token_limit password_policy secret_name authorization_url authorizationEndpoint token_endpoint
  token_type tokenType token_expires_at expires_in tokenExpiresIn password_changed_at password_last_changed
  secretArn secret_id secretRotationEnabled cookie_consent cookiePolicy cookieDomain access_key_id accessKeyId
  AWS_ACCESS_KEY_ID public_key publicKey primary_key primaryKey foreign_key sort_key partitionKey keyName tokenAddress
  passRate passed pin_message pinned passenger compass spin opinion otpauth secret_scanning password_reset_url
  personal_access_token_policy api_key_id apiKeyName x-api-key-name credential_type credentialProvider secretManagerProject
  KMS_KEY_ID issue_key project_key idempotency_key routing_key key_id sessionId session_id authorization_status
  token_usage total_token_count prompt_token_count password_hint secret_ref secretKeyRef`.split(/\s+/);

describe('isSecretKey', () => {
  for (const key of secret) it(`is ${key}`, () => assert.equal(isSecretKey(key), true));
  for (const key of harmless) it(`is not ${key}`, () => assert.equal(isSecretKey(key), false));
  it('is not the empty key', () => assert.equal(isSecretKey(''), false));
  it('takes spaces for separators', () => assert.equal(isSecretKey('the api key of'), true));

  for (const name of credentialNames) {
    it(`is ${name}, alone and with words around it`, () => {
      for (const key of [name, name.toUpperCase(), `my_${name}`, `${name}-prod`])
        assert.equal(isSecretKey(key), true, key);
    });
  }
  for (const name of lastNames) {
    it(`is ${name} at the end alone`, () => {
      assert.equal(isSecretKey(name), true);
      assert.equal(isSecretKey(`my_${name}`), true);
      assert.equal(isSecretKey(`${name}_board`), false);
    });
  }
  for (const end of wordEndings) {
    it(`is a word that ends with ${end}`, () => assert.equal(isSecretKey(`xy${end}`), true));
  }
  for (const name of exactNames) it(`is ${name}`, () => assert.equal(isSecretKey(name), true));
  for (const attribute of attributeWords) {
    it(`is not the ${attribute} of one`, () => {
      for (const key of [`token_${attribute}`, `password-${attribute}`, `my_secret_last_${attribute}`])
        assert.equal(isSecretKey(key), false, key);
      assert.equal(isSecretKey(`${attribute}_password`), true);
    });
  }
  for (const before of harmlessTokens) {
    it(`is not a ${before} token, but is its secret`, () => {
      assert.equal(isSecretKey(`${before}_token`), false);
      assert.equal(isSecretKey(`${before}_secret`), true);
    });
  }

  it('is a listed name among other words, however they are written', () => {
    const words = fc.array(fc.stringMatching(/^z[a-z]{1,7}$/), { maxLength: 4 });
    const writings = [
      (words: string[]) => words.join('_').toUpperCase(),
      (words: string[]) => words.join('-'),
      (words: string[]) => words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
    ];
    const name = fc.constantFrom(...credentialNames);
    fc.assert(
      fc.property(words, name, words, fc.constantFrom(...writings), (before, name, after, write) => {
        assert.equal(isSecretKey(write([...before, name, ...after])), true);
      }),
    );
  });

  it('is never a name with letters grown onto it', () => {
    const name = fc.constantFrom(...credentialNames);
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
