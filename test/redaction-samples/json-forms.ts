// The forms in which JSON names a secret: as a key, as a pair of name and value, as a line of an environment or of arguments,
// and all that once more inside a text. `text:` says that the form is a text.
import type { JsonValue } from '../../src/lib/json.ts';

type Form = (key: string, secret: string) => JsonValue;

const object: Form = (key, secret) => ({ host: 'db.internal', port: 5432, [key]: secret, ssl: true });

export const jsonForms: Record<string, Form> = {
  'under its key': object,
  'deep inside': (key, secret) => ({
    data: { nodes: [{ id: 'n1', settings: { [key]: secret } }] },
    count: 1,
  }),
  'in an array under its key': (key, secret) => ({ region: 'eu', [key]: [secret], retries: 3 }),
  'name and value': (key, secret) => ({ variables: [{ name: key, value: secret, masked: true }], total: 1 }),
  'key and value': (key, secret) => ({ parameters: [{ key, value: secret }], page: 1 }),
  'lines of an environment': (key, secret) => ({
    Config: { Env: ['PATH=/usr/bin', `${key}=${secret}`], Tty: false },
  }),
  'arguments, joined': (_key, secret) => ({
    args: ['serve', `--password=${secret}`, '--port=8080'],
    pid: 77,
  }),
  'arguments, apart': (_key, secret) => ({
    argv: ['serve', '--password', secret, '--port', '8080'],
    pid: 77,
  }),
  'an error': (key, secret) => ({
    error: { code: 'EAUTH', message: `bad login: ${key}="${secret}"`, status: 401 },
  }),
  'text: compact': (key, secret) => JSON.stringify(object(key, secret)),
  'text: pretty': (key, secret) => JSON.stringify(object(key, secret), null, 2),
  'text: in a field': (key, secret) => ({ type: 'text', text: JSON.stringify([object(key, secret)]) }),
  'text: in a text in a text': (key, secret) =>
    JSON.stringify({ body: JSON.stringify(object(key, secret)), status: 200 }),
  'text: after words': (key, secret) => `Sent request ${JSON.stringify(object(key, secret))} and got 401`,
  'text: lines of JSON': (key, secret) =>
    `{"level":"info"}\n${JSON.stringify(object(key, secret))}\n{"level":"warn"}`,
  'text: cut off': (key, secret) => `{"items":[{"id":1,"${key}":${JSON.stringify(secret)},"na`,
  'text: with single quotes': (key, secret) => `{'host': 'db', '${key}': '${secret}', 'port': 5432}`,
};
