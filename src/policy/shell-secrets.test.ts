import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { marksWhatIsThere, readsBounded } from '../../test/support/search-laws.ts';
import type { Span } from './ranges.ts';
import { readable } from './readable.ts';
import { ShellSecrets, shellTriples } from './shell-secrets.ts';
import { Triples } from './triples.ts';

const triples = new Triples<true>();
for (const triple of shellTriples) triples.add(triple, true);

/** As the search asks: at each triple of a command, in the order of the text. */
function spansOf(text: string): readonly Span[] {
  const view = readable(text);
  const lines = new ShellSecrets(view);
  triples.scan(view.text, (_found, at) => lines.look(at));
  return lines.spans;
}

/** Each command with its option: § is the credential, with the quotes around it or what comes before it. */
const lines: readonly string[] = [
  'curl -u deploy:§ https://example.com/status',
  'curl -sSu "deploy:§" https://example.com/status',
  "curl --user 'deploy:§' -o out",
  'curl --proxy-user=deploy:§ https://example.com',
  'http -a deploy:§ GET example.com',
  'http --auth "deploy:§" example.com',
  'mysql -u root -p§ shop',
  "mysqldump -u root -p'§' shop",
  'mysqladmin -p§ status',
  'mysqlimport -p"§" shop t.txt',
  'mariadb -p§ shop',
  'sshpass -p § ssh deploy@10.0.0.7 uptime',
  "sshpass -p'§' ssh deploy@10.0.0.7 uptime",
  'redis-cli -h cache -a § ping',
  'docker login -u deploy -p § registry.example.com',
  'podman login registry.example.com -u deploy -p "§"',
  "az login --service-principal -u web -p '§' --tenant example.com",
  'mongo -u app -p § shop',
  'mongosh -u app -p "§" shop',
  'mongodump -u app -p § -d shop',
  'ldapsearch -D cn=admin -w § -b dc=example',
  'sqlcmd -S db -U sa -P § -Q "select 1"',
  'snmpwalk -v3 -A § -u app host',
  'smbclient //host/share -U app%§',
  'openssl rsa -in key.pem -passin pass:§ -out plain.pem',
  'openssl enc -aes-256-cbc -k "§" -in a',
  '7z x -p§ a.7z',
  'zip -P § a.zip a',
  'unzip -P "§" a.zip',
  "htpasswd -nb file anna '§'",
  'xfreerdp /u:app /p:§ /v:host',
  'keytool -list -storepass § -alias a',
];

const drawn = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{6,38}[0-9]$/);
const spaced = fc.tuple(drawn, drawn).map((words) => words.join(' '));

describe('ShellSecrets', () => {
  for (const line of lines) {
    const isQuoted = /["'][^"']*§["']/.test(line);
    it(`finds the credential, and nothing else, in ${line}`, () => {
      fc.assert(
        fc.property(
          isQuoted ? fc.oneof(drawn, spaced) : drawn,
          fc.constantFrom('', '$ ', 'a=1 '),
          (secret, before) => {
            const text = `ls -l\n${before}${line.replace('§', () => secret)}\nls -p x1y2z3w4`;
            const found = spansOf(text).map(({ start, end }) => text.slice(start, end));
            assert.deepEqual(found, [secret], text);
          },
        ),
      );
    });
  }

  it('finds it inside JSON, with its quotes escaped', () => {
    const line = JSON.stringify({ command: 'curl -u "deploy:x1 y2" https://example.com' });
    assert.deepEqual(
      spansOf(line).map(({ start, end }) => line.slice(start, end)),
      ['x1 y2'],
    );
  });

  for (const text of [
    'curl -X POST -o out https://example.com:8443/a:b',
    'curl -u "$USER:$PASSWORD" https://example.com',
    'curl -u deploy https://example.com',
    'mysql -u root -p shop',
    'mysql -P 3306 -h db shop',
    'docker run -p 8080:80 app',
    'docker login -u deploy --password-stdin registry.example.com',
    'ssh -p 2222 deploy@10.0.0.7',
    'sshpass -p $PASSWORD ssh host',
    'openssl rsa -in key.pem -passin env:KEY_PASSWORD',
    'openssl rsa -in key.pem -passin file:/run/secrets/key',
    'redis-cli -a <password> ping',
    'curly -u deploy:x1y2z3',
    'my-curl -u deploy:x1y2z3',
    'the curl of hair -u',
  ]) {
    it(`leaves ${text}`, () => assert.deepEqual(spansOf(text), []));
  }

  marksWhatIsThere(
    spansOf,
    fc.constantFrom('curl', 'mysql', 'docker', 'login', 'openssl', 'htpasswd', 'http', '7z'),
    fc.constantFrom(
      ' -u ',
      ' -p',
      ' -p ',
      ' -k ',
      ' -nb ',
      ' --user=',
      ' a:b',
      '"',
      "'",
      '\\"',
      '%',
      '\n',
      '\r\n',
      ' ',
    ),
  );

  readsBounded(spansOf, [
    'curl ',
    'curl -u a:b ',
    'curl -u "a:',
    'docker login ',
    'htpasswd -b a ',
    'mysql -p',
    '7z\t',
  ]);
});
