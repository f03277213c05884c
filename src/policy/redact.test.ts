import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { type JsonValue, parseJson, toJson } from '../lib/json.ts';
import { maxDepth, redact, redactInSteps, redactText, tooDeep } from './redact.ts';
import { marker } from './secret-spans.ts';

const secret = 'Xy9/+k~"q\\é z';
const secrets = [secret];

describe('redact', () => {
  it('hides a weak value of a credential, and leaves what cannot be one', () => {
    for (const weak of [
      '$Winter',
      'changeme',
      'secret',
      'aaaa',
      'my-token',
      '@dmin',
      'password',
      '[x]',
      '$(date)',
    ])
      assert.deepEqual(redact({ password: weak }, []), { password: marker }, weak);
    for (const none of ['', ' ', '<your password>', '${DB_PASSWORD}', '{{ password }}', '****', marker])
      assert.deepEqual(redact({ password: none }, []), { password: none }, none);
  });

  it('hides every text under a secret key, however deep, and no number, boolean or null', () => {
    const value = { a: 'x', n: 7, list: ['y', null, true, { b: '' }] };
    assert.deepEqual(redact({ list: [{ apiKey: value }] }, []), {
      list: [{ apiKey: { a: marker, n: 7, list: [marker, null, true, { b: '' }] } }],
    });
    assert.deepEqual(redact({ token: null, tokens: 'x', pin: 1234 }, []), {
      token: null,
      tokens: 'x',
      pin: 1234,
    });
  });

  it('hides a list of bytes under a secret key', () => {
    assert.deepEqual(redact({ privateKey: [1, 2, 3, 4, 5, 6, 7, 255], port: [1, 2] }, []), {
      privateKey: marker,
      port: [1, 2],
    });
  });

  it('hides the value of a member that is named by another', () => {
    assert.deepEqual(
      redact(
        [
          { name: 'DB_PASSWORD', value: 'x' },
          { name: 'PORT', value: 'y' },
        ],
        [],
      ),
      [
        { name: 'DB_PASSWORD', value: marker },
        { name: 'PORT', value: 'y' },
      ],
    );
  });

  it('changes JSON in a text in its places alone', () => {
    const text = '{\n  "n": 1.0,\n  "password": "x",\n  "n": 12345678901234567890\n}';
    assert.equal(redactText(text, []), text.replace('"x"', `"${marker}"`));
  });

  it('searches binary content for the exact credentials alone', () => {
    const data = `AIza${'Ab1'.repeat(12).slice(0, 35)}`;
    const image = { type: 'image', mimeType: 'image/png', data };
    assert.deepEqual(redact([image, { data }, { uri: 'a:b', blob: `${data}abcdefgh` }], ['abcdefgh']), [
      image,
      { data: marker },
      { uri: 'a:b', blob: `${data}${marker}` },
    ]);
  });

  it('leaves everything else as it is', () => {
    const value = { a: [1, -0.5, true, null, 'text', { b: {} }], max_tokens: 10, id: 'task-1' };
    assert.deepEqual(redact(value, secrets), value);
  });

  it('hides a secret in values, keys and numbers', () => {
    assert.deepEqual(redact({ [`a${secret}b`]: [`c${secret}${secret}d`] }, secrets), {
      'a[redacted]b': ['c[redacted]d'],
    });
    assert.deepEqual(redact([123456789, 91234567891.5, 12345678], ['123456789']), [
      marker,
      '9[redacted]1.5',
      12345678,
    ]);
  });

  it('asks a key again after a secret was taken out of it', () => {
    const once = redact({ abcdefghtoken: 'x', abcdefghi: 'y' }, ['abcdefgh']);
    assert.deepEqual(once, { '[redacted]token': marker, '[redacted]i': 'y' });
    assert.deepEqual(redact({ 'my-token': 'x' }, ['my-token']), { [marker]: marker });
  });

  it('keeps __proto__ as data', () => {
    const value = parseJson('{"__proto__":{"polluted":true,"token":"x"},"constructor":1}');
    assert.equal(
      JSON.stringify(redact(value, secrets)),
      '{"__proto__":{"polluted":true,"token":"[redacted]"},"constructor":1}',
    );
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
  });

  it('cuts off what is nested too deep', () => {
    const nested = (depth: number) => parseJson(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
    assert.deepEqual(redact(nested(maxDepth), []), nested(maxDepth));
    const shown = JSON.stringify(redact(nested(maxDepth + 1), []));
    assert.equal(shown, `${'['.repeat(maxDepth)}"${tooDeep}"${']'.repeat(maxDepth)}`);
    assert.equal(JSON.stringify(redact(nested(500_000), [])), shown);
    assert(!JSON.stringify(redact(nested(500_000), ['too deep'])).includes('too deep'));
    const objects = parseJson(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`);
    assert(JSON.stringify(redact(objects, [])).includes(`{"a":"${tooDeep}"}`));
  });
});

describe('redactInSteps', () => {
  /** Joined here, so that no scanner takes the examples for leaks. */
  const join = (...parts: string[]) => parts.join('');
  const piece = fc.oneof(
    fc.constantFrom(
      secret,
      join('AKIA', '4Q7XN2WPL5VRZ3GT'),
      join('ghp_', 'aB3dE5gH7jK9mN1pQ2sT4vW6aB3dE5gH7jK9'),
      join('xoxb-', '123456789012-', 'aB3dE5gH7jK9'),
      join('-----BEGIN PRIVATE', ' KEY-----\nMIIE\n-----END PRIVATE', ' KEY-----'),
      'postgres://app:hunter2@db/x',
      'DB_PASSWORD=correct-horse-7\n',
      '"client_secret": "x1y2z3"',
      '\\"token\\":\\"x1y2z3\\"',
      'curl -u a:x1y2z3 https://b',
      'Authorization: Bearer x1y2z3\n',
      JSON.stringify(secret),
      encodeURIComponent(secret),
    ),
    fc.string({ maxLength: 8 }),
    fc.constantFrom('\n', ' ', '"', '\\', '%41', ', '),
  );
  const part = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => `\n${pieces.join('')}`);

  it('finds across the end of a step what it finds in one', () => {
    fc.assert(
      fc.property(part, fc.nat({ max: 300 }), fc.nat({ max: 2 }), (part, before, steps) => {
        const length = (steps + 1) * 32_768 - (before % part.length);
        const filler = 'lore ipse '.repeat(length / 10 + 1).slice(0, length);
        assert.equal(redactText(filler + part, secrets), filler + redactText(part, secrets));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same as at once, also where two values are searched in turns', () => {
    const long = (fill: string) => ({
      a: [fill.repeat(150_000 / fill.length), { token: 'x' }],
      [fill.repeat(50_000 / fill.length)]: secret,
    });
    fc.assert(
      fc.property(part, part, (one, other) => {
        const values = [long(one), long(other)];
        const works = values.map((value) => ({
          steps: redactInSteps(value, secrets),
          result: undefined as unknown,
        }));
        let waiting = works;
        while (waiting.length > 0)
          waiting = waiting.filter((work) => {
            const { done, value } = work.steps.next();
            work.result = value;
            return done !== true;
          });
        assert.deepEqual(
          works.map(({ result }) => result),
          values.map((value) => redact(value, secrets)),
        );
      }),
      { numRuns: 5 },
    );
  });

  for (const [title, value] of [
    ['one text', 'password=x1y2z3 and so on. '.repeat(40_000)],
    ['a text of escapes', '\\n'.repeat(500_000)],
    ['a name', { ['lore ipse '.repeat(100_000)]: 1 }],
    ['many members', Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`key${at}`, 'a value']))],
    ['many numbers', Array.from({ length: 100_000 }, (_, at) => at)],
    ['many empty objects', Array.from({ length: 50_000 }, () => ({}))],
    ['content in base64', { type: 'image', data: 'iVBORw0KGgoAAAAN'.repeat(60_000) }],
  ] as const) {
    it(`pauses often in ${title}`, () => {
      const steps = redactInSteps(value, secrets);
      let pauses = 0;
      while (steps.next().done !== true) pauses += 1;
      assert.ok(pauses >= 20, `${pauses} pauses`);
    });
  }
});

describe('redactText', () => {
  for (const [title, text] of [
    ['as it is', secret],
    ['in a URL', encodeURIComponent(secret)],
    [
      'in a URL, in small digits',
      encodeURIComponent(secret).replace(/%../g, (escape) => escape.toLowerCase()),
    ],
    ['in a form', new URLSearchParams({ '': secret }).toString().slice(1)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON with its slashes escaped', JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 without padding', Buffer.from(secret).toString('base64').replaceAll('=', '')],
    ['in base64url', Buffer.from(secret).toString('base64url')],
  ] as const) {
    it(`hides a secret ${title}`, () => assert.equal(redactText(`a ${text} b`, secrets), `a ${marker} b`));
  }

  it('knows what URL encoders leave alone', () => {
    const marked = "a!b'c(d)e*f~g h/i%";
    for (const encoded of [
      encodeURI(marked),
      encodeURIComponent(marked),
      new URLSearchParams({ '': marked }).toString().slice(1),
      'a%21b%27c%28d%29e%2Af~g%20h%2Fi%25',
      'a%21b%27c%28d%29e%2Af~g+h%2Fi%25',
      'a%21b%27c%28d%29e%2Af%7Eg%20h%2Fi%25',
      'a%21b%27c%28d%29e*f%7eg+h%2fi%25',
    ]) {
      assert.equal(redactText(encoded, [marked]), marker);
    }
  });

  it('knows what other encoders leave alone, up to the parts of a URL', () => {
    const marked = 'pa/ss+wo=rd&1 %ü:@,;$?#';
    const part = (set: (url: URL) => void) => {
      const url = new URL('http://host/');
      set(url);
      return url.href;
    };
    for (const encoded of [
      // quote and quote_plus of Python 3.11; PathEscape and URL.String of Go.
      'pa/ss%2Bwo%3Drd%261%20%25%C3%BC%3A%40%2C%3B%24%3F%23',
      'pa%2Fss%2Bwo%3Drd%261+%25%C3%BC%3A%40%2C%3B%24%3F%23',
      'pa%2Fss+wo=rd&1%20%25%C3%BC:@%2C%3B$%3F%23',
      'pa/ss+wo=rd&1%20%25%C3%BC:@,;$%3F%23',
      part((url) => (url.pathname = marked)),
      part((url) => (url.search = `?key=${marked}`)),
      part((url) => (url.hash = marked)),
      part((url) => (url.username = marked)),
    ]) {
      const shown = redactText(encoded, [marked]);
      assert.ok(shown.includes(marker) && !/ss|wo|rd/.test(shown.replace(marker, '')), shown);
    }
  });

  it('hides a secret in the base64 of a longer text, but for the bits in characters at its ends', () => {
    for (const before of ['', 'u:', 'us:', 'use:']) {
      for (const after of ['', 'x', 'xy', 'xyz']) {
        const encoded = Buffer.from(`${before}${secret}${after}`).toString('base64url');
        const shown = redactText(encoded, secrets);
        assert(shown.includes(marker));
        const bits = 6 * (shown.length - marker.length) - 8 * (before.length + after.length);
        assert(bits <= 8, `${bits} bits of the secret in ${shown}`);
      }
    }
  });

  it('hides a secret without the line end that it is stored with', () => {
    assert.equal(redactText('is abcdefghij.', ['abcdefghij\n']), `is ${marker}.`);
    assert.equal(redactText('a  \n b cd', ['  \n b ']), `a${marker}cd`);
  });

  it('leaves no tail of secrets that contain or overlap each other', () => {
    assert.equal(redactText('-abcdefghijkl-', ['abcdefgh', 'abcdefghijkl']), `-${marker}-`);
    assert.equal(redactText('-abcdefghijkl-', ['abcdefgh', 'efghijkl']), `-${marker}-`);
    assert.equal(redactText(`-${'a'.repeat(13)}-`, ['aaaaaaaa']), `-${marker}-`);
    assert.equal(redactText('-abcdefghstuvwxyz-', ['stuvwxyz', 'abcdefgh']), `-${marker}-`);
    assert.equal(redactText('-abcdefgh-stuvwxyz-', ['stuvwxyz', 'abcdefgh']), `-${marker}-${marker}-`);
  });

  it('hides what markers make up anew, and gives up a text in which that does not end', () => {
    assert.equal(redactText('1 x12345678y 2', ['12345678', `x${marker}y`]), `1 ${marker} 2`);
    const rings = ['12345678', ...['a', 'b', 'c', 'd'].map((ring) => `${ring}${marker}${ring}`)];
    assert.equal(redactText('1 dcba12345678abcd 2', rings), marker);
  });

  it('ignores an empty secret', () => assert.equal(redactText('text', ['', '']), 'text'));

  it('takes a secret that is no well-formed text', () => {
    assert.equal(redactText('a \ud800 bcdefghi', ['\ud800 bcdefghi']), `a ${marker}`);
  });
});

describe('redact, for any value', () => {
  const anySecret = fc
    .oneof(
      fc.string({ minLength: 8, maxLength: 40 }),
      fc.string({ minLength: 8, maxLength: 20, unit: 'binary' }),
      fc.stringMatching(/^[0-9]{8,16}$/),
      fc.stringMatching(/^[ab]{8,12}$/),
      fc.base64String({ minLength: 8, maxLength: 64 }),
    )
    .filter((secret) => secret.length >= 8 && !marker.includes(secret) && !tooDeep.includes(secret));

  /** A secret as a tool may give it back. */
  const encodings: readonly ((secret: string) => string)[] = [
    (secret) => secret,
    (secret) => encodeURIComponent(secret.toWellFormed()),
    (secret) => JSON.stringify(secret).slice(1, -1),
    (secret) => Buffer.from(secret).toString('base64'),
    (secret) => Buffer.from(secret).toString('base64url'),
    (secret) => Buffer.from(`user:${secret}`).toString('base64'),
    (secret) => Buffer.from(`{"a":"${secret}"}`).toString('base64url'),
  ];

  const text = (secrets: readonly string[]) => {
    const piece = fc.oneof(
      fc
        .tuple(fc.constantFrom(...secrets), fc.constantFrom(...encodings))
        .map(([secret, encode]) => encode(secret)),
      fc.constantFrom(
        'token',
        'Token',
        '_',
        '-',
        'https://u:p@h',
        'Bearer abcdefghijklmnopqrstuvwxyz',
        '__proto__',
        marker,
      ),
      fc.string({ maxLength: 5 }),
    );
    return fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
  };

  const value = (secrets: readonly string[]) => {
    const numbers = secrets.filter((secret) => /^[1-9][0-9]{7,14}$/.test(secret)).map(Number);
    const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        text(secrets),
        fc.oneof(fc.constantFrom(...numbers, null, true), fc.double().map(toJson)),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc
          .array(fc.tuple(text(secrets), tie('tree')), { maxLength: 4 })
          .map((entries) => Object.fromEntries(entries)),
      ),
    }));
    return tree;
  };

  const cases = fc
    .array(anySecret, { minLength: 1, maxLength: 3 })
    .chain((secrets) => fc.record({ secrets: fc.constant(secrets), value: value(secrets) }));

  it('lets no secret through, in whatever encoding', () => {
    fc.assert(
      fc.property(cases, ({ secrets, value }) => {
        for (const shown of textsOf(redact(value, secrets))) {
          for (const secret of secrets) {
            for (const readable of readings(shown))
              assert(!readable.includes(secret), `${secret} in ${shown}`);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('does nothing more the second time', () => {
    fc.assert(
      fc.property(cases, ({ secrets, value }) => {
        const once = redact(value, secrets);
        assert.deepEqual(redact(once, secrets), once);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds a secret in base64 that is wrapped', () => {
    for (const width of [64, 76])
      for (const end of ['\n', '\r\n', '\n    ', '\\n']) {
        const bytes = Buffer.from(`${'x'.repeat(50)}${secret}abcdefghijklmnopqrst${'y'.repeat(80)}`);
        const lines = bytes.toString('base64').replace(new RegExp(`.{${width}}`, 'g'), `$&${end}`);
        const shown = redactText(lines, ['abcdefghijklmnopqrst']);
        assert(shown.includes(marker), JSON.stringify([width, end]));
      }
  });
});

/** Every key, text and number of a value. */
function textsOf(value: JsonValue): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(Array.isArray(value) ? [] : [key]),
    ...textsOf(inner),
  ]);
}

/** What a curious reader makes of a text: itself, and its base64 runs and escapes undone. */
function readings(text: string): string[] {
  const runs = text.match(/[\w+/-]{8,}/g) ?? [];
  const shifted = runs.flatMap((run) => [0, 1, 2, 3].map((skip) => run.slice(skip)));
  const unescaped = text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString(),
  );
  return [text, unescaped, ...shifted.map((run) => Buffer.from(run, 'base64').toString())];
}
