import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactText } from './redact.ts';

describe('urlPassword', () => {
  for (const url of [
    'https://${name}:${password}@api.example.com/v1',
    'https://{{user}}:{{pass}}@host',
    'https://{USER}:{PASS}@host',
    'postgres://$(PGUSER):$(PGPASSWORD)@$(PGHOST)/$(PGDATABASE)',
    'https://username:password@example.com/api',
    'https://username:mypassword@example.com',
    'https://YOUR_USERNAME:YOUR_PASSWORD@example.com',
    'https://username:REPLACE_WITH_PASSWORD@example.org',
    'mysql://dbuser:secret@mysql.server.com:3306/database',
    'https://user:abc@api.com/v1',
    'https://user:1111@service.com',
    'https://user:***@service.com',
    'mysql://admin:pass@localhost:3306/mydb',
    'postgres://postgres:postgres@127.0.0.1/x',
    'https://u:[redacted]@host',
  ]) {
    it(`leaves the placeholder in ${url}`, () => {
      assert.equal(redactText(url, []), url);
      assert.equal(redactText(`{"url":"${url}"}`, []), `{"url":"${url}"}`);
    });

    it(`leaves ${url} where a name says that it is a credential`, () => {
      for (const text of [`DB_CREDENTIALS=${url}`, `connection_string: "${url}"`])
        assert.equal(redactText(text, []), text);
    });
  }

  for (const url of [
    'https://user:secret@host/services/T0123456/B0123456/x1y2z3',
    'https://user:secret@host/x?sig=x1y2z3',
    'https://user:secret@host#x1y2z3',
    'https://host/services/x1y2z3',
    'postgres://app:app@db.example.com/x',
  ]) {
    it(`hides ${url} under a name: it holds more than a placeholder`, () => {
      assert.equal(redactText(`DB_CREDENTIALS=${url}`, []), 'DB_CREDENTIALS=[redacted]');
    });
  }

  for (const [url, shown] of [
    ['https://user:pass@example.com', 'https://user:[redacted]@example.com'],
    ['https://user:password1@host', 'https://user:[redacted]@host'],
    ['https://user:xxxy@host', 'https://user:[redacted]@host'],
    ['https://user:{a}b@host', 'https://user:[redacted]@host'],
    ['postgres://app:app@db.example.com/x', 'postgres://app:[redacted]@db.example.com/x'],
    ['mysql://a:pass@localhost.example.com/x', 'mysql://a:[redacted]@localhost.example.com/x'],
    ['https://user:password@x:real@host', 'https://user:[redacted]@host'],
    ['x://:hunter2@h x://a:secret@h', 'x://:[redacted]@h x://a:secret@h'],
  ] as const) {
    it(`hides the password in ${url}`, () => assert.equal(redactText(url, []), shown));
  }
});
