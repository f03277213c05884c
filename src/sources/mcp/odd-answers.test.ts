// Whatever a server answers a call with: that it has answered is told apart from what can be shown of it.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { answerJson, methodOf, startRawPeer } from '../../../test/peers/mcp.ts';
import { at, contextWith, failureOf, sourceFor } from '../../../test/peers/mcp-client.ts';
import {
  asEvent,
  asJson,
  type RawMcpPeer,
  resultText,
  startRawMcpPeer,
} from '../../../test/peers/mcp-raw.ts';

const text = (said: string) => ({ type: 'text', text: said });
const brackets = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

interface Odd {
  readonly answer: string;
  readonly shown: unknown;
  readonly isError?: true;
}

/** Each is a whole message, and what is shown of it. */
const odd: Readonly<Record<string, Odd>> = {
  'annotations that are null': {
    answer: resultText('{"content":[{"type":"text","text":"made","annotations":null}]}'),
    shown: { content: [{ ...text('made'), annotations: null }] },
  },
  'an error that is null beside the result': {
    answer: '{"jsonrpc":"2.0","id":$id,"error":null,"result":{"content":[{"type":"text","text":"made"}]}}',
    shown: { content: [text('made')] },
  },
  'an error that says nothing beside the result': {
    answer: '{"jsonrpc":"2.0","id":$id,"error":{},"result":{"content":[]}}',
    shown: { content: [] },
  },
  'members that are no part of JSON-RPC': {
    answer: '{"jsonrpc":"2.0","id":$id,"method":null,"took":3,"result":{"content":[]}}',
    shown: { content: [] },
  },
  'no word of JSON-RPC': { answer: '{"id":$id,"result":{"content":[]}}', shown: { content: [] } },
  'JSON-RPC of another version': {
    answer: '{"jsonrpc":2,"id":$id,"result":{"content":[]}}',
    shown: { content: [] },
  },
  'its id as a text': {
    answer: '{"jsonrpc":"2.0","id":"$id","result":{"content":[]}}',
    shown: { content: [] },
  },
  'a block of an unknown type': {
    answer: resultText('{"content":[{"type":"hologram","beam":[1,2]}]}'),
    shown: { content: [{ type: 'hologram', beam: [1, 2] }] },
  },
  'blocks that are none': {
    answer: resultText('{"content":["made",7,null,{}]}'),
    shown: { content: ['made', 7, null, {}] },
  },
  'a block without its text': {
    answer: resultText('{"content":[{"type":"text"}]}'),
    shown: { content: [{ type: 'text' }] },
  },
  'a text that is null': {
    answer: resultText('{"content":[{"type":"text","text":null}]}'),
    shown: { content: [{ type: 'text', text: null }] },
  },
  'an image that is no base64': {
    answer: resultText('{"content":[{"type":"image","data":"?!","mimeType":"image/png"}]}'),
    shown: { content: [{ type: 'image', data: '?!', mimeType: 'image/png' }] },
  },
  'a priority out of range': {
    answer: resultText('{"content":[{"type":"text","text":"made","annotations":{"priority":7}}]}'),
    shown: { content: [{ ...text('made'), annotations: { priority: 7 } }] },
  },
  'a number that none can hold': {
    answer: resultText('{"content":[],"structuredContent":{"big":1e999,"low":-1e999}}'),
    shown: { content: [], structuredContent: { big: '1e999', low: '-1e999' } },
  },
  'an id of nineteen digits': {
    answer: resultText('{"content":[],"structuredContent":{"id":1234567890123456789,"n":1.50}}'),
    shown: { content: [], structuredContent: { id: '1234567890123456789', n: 1.5 } },
  },
  'a structured content that is null': {
    answer: resultText('{"content":[],"structuredContent":null}'),
    shown: { content: [] },
  },
  'a structured content that is a list': {
    answer: resultText('{"content":[],"structuredContent":[1]}'),
    shown: { content: [], structuredContent: [1] },
  },
  'an isError that is null': { answer: resultText('{"content":[],"isError":null}'), shown: { content: [] } },
  'an isError that is a text': {
    answer: resultText('{"content":[],"isError":"no"}'),
    shown: { content: [] },
  },
  'remarks that are null': { answer: resultText('{"content":[],"_meta":null}'), shown: { content: [] } },
  'a result type that is null': {
    answer: resultText('{"content":[],"resultType":null}'),
    shown: { content: [] },
  },
  'a result type of its own': {
    answer: resultText('{"content":[],"resultType":"task","task":{"id":"7"}}'),
    shown: { content: [], task: { id: '7' } },
  },
  'no content': { answer: resultText('{}'), shown: { content: [] } },
  'a content that is null': { answer: resultText('{"content":null}'), shown: { content: [] } },
  'a content that is a text': { answer: resultText('{"content":"made"}'), shown: { content: 'made' } },
  'no content beside the structured one': {
    answer: resultText('{"structuredContent":{"id":7}}'),
    shown: { content: [], structuredContent: { id: 7 } },
  },
  'the result of an older revision': {
    answer: resultText('{"toolResult":{"id":7}}'),
    shown: { content: [], toolResult: { id: 7 } },
  },
  'a result that is null': { answer: resultText('null'), shown: { content: [] } },
  'a result that is a text': { answer: resultText('"made"'), shown: 'made' },
  'a result that is a list': { answer: resultText('[1]'), shown: [1] },
  'a lone surrogate': {
    answer: resultText(String.raw`{"content":[{"type":"text","text":"a\ud800b"}]}`),
    shown: { content: [text('a\ud800b')] },
  },
  'a NUL': {
    answer: resultText(String.raw`{"content":[{"type":"text","text":"a\u0000b"}]}`),
    shown: { content: [text('a\0b')] },
  },
  'a member called __proto__': {
    answer: resultText('{"content":[],"structuredContent":{"__proto__":{"x":1}}}'),
    shown: { content: [], structuredContent: JSON.parse('{"__proto__":{"x":1}}') },
  },
  'what is nested deeply': {
    answer: resultText(`{"content":[],"structuredContent":{"deep":${brackets(100_000)}}}`),
    shown: undefined,
  },
  'a text of 8,000 brackets': {
    answer: resultText(`{"content":[{"type":"text","text":"${brackets(8000)}"}]}`),
    shown: { content: [text(brackets(8000))] },
  },
  'an error of the tool, oddly told': {
    answer: resultText(
      '{"content":[{"type":"text","text":"no","annotations":null}],"isError":true,"_meta":null}',
    ),
    shown: { content: [{ ...text('no'), annotations: null }] },
    isError: true,
  },
  'an error of the tool without a content': {
    answer: resultText('{"isError":true,"structuredContent":{"code":7}}'),
    shown: { content: [], structuredContent: { code: 7 } },
    isError: true,
  },
  'what is no JSON after all': {
    answer: resultText('{"content":[],"structuredContent":{"ratio":NaN}}'),
    shown: { _withheld: 'The server answered, with something that is not JSON, which cannot be shown.' },
  },
  'more than is read': {
    answer: resultText(`{"content":[{"type":"text","text":"${'x'.repeat(10_500_000)}"}]}`),
    shown: { _withheld: 'The server answered, with more than 10 MB, which is not read.' },
  },
};

async function peerFor(t: TestContext): Promise<RawMcpPeer> {
  const peer = await startRawMcpPeer();
  t.after(() => peer.close());
  return peer;
}

const ways = { JSON: asJson, 'an event': asEvent } as const;

for (const [how, via] of Object.entries(ways)) {
  test(`a call that is answered by ${how} is done, however odd the answer`, async (t) => {
    const peer = await peerFor(t);
    peer.via = via;
    for (const [name, { answer, shown, isError = false }] of Object.entries(odd)) {
      await t.test(name, async () => {
        peer.answer = answer;
        const said = await sourceFor(at(peer.url)).execute('do', {}, contextWith());
        assert.equal(said.isError, isError);
        if (shown !== undefined) assert.deepEqual(said.answer, shown);
      });
    }
    assert.equal(peer.calls(), Object.keys(odd).length);
  });
}

/** A process for each: only those that come another way over a pipe. */
const byCommand = [
  'annotations that are null',
  'an error that is null beside the result',
  'its id as a text',
  'a result that is null',
  'an error of the tool, oddly told',
  'what is no JSON after all',
];

test('a local command that answers oddly has done it', async (t) => {
  const program = fileURLToPath(import.meta.resolve('../../../test/peers/mcp-stdio-raw.ts'));
  for (const name of byCommand) {
    const { answer, shown, isError = false } = odd[name] ?? assert.fail(name);
    await t.test(name, async () => {
      const source = sourceFor({ type: 'stdio', command: process.execPath, args: [program, answer] });
      const said = await source.execute('do', {}, contextWith());
      assert.equal(said.isError, isError);
      if (shown !== undefined) assert.deepEqual(said.answer, shown);
    });
  }
});

test('the answer is found among other messages, in pieces, and without an end', async (t) => {
  const peer = await peerFor(t);
  const event = { 'content-type': 'text/event-stream' };
  const result = '{"content":[],"_meta":null}';
  const others = '{"jsonrpc":"2.0","method":"notifications/progress","params":null}';
  const arrivals: Readonly<Record<string, readonly [answer: string, via: RawMcpPeer['via']]>> = {
    'a batch': [`[${others},${resultText(result)}]`, asJson],
    'a batch in an event': [`[${others},${resultText(result)}]`, asEvent],
    'another kind of content': [
      resultText(result),
      (response, said) => response.writeHead(201, { 'content-type': 'text/plain' }).end(said),
    ],
    'no end of the event': [
      resultText(result),
      (response, said) => response.writeHead(200, event).end(`: hello\r\rdata:${others}\r\n\r\ndata:${said}`),
    ],
    'an event of many pieces': [
      resultText(result),
      (response, said) => {
        response.writeHead(200, event);
        for (const piece of `event: answer\r\nid: 1\r\ndata: ${said}\r\n\r\n`) response.write(piece);
        response.end();
      },
    ],
    'a stream that stays open': [
      resultText(result),
      (response, said) => response.writeHead(200, event).write(`data: ${said}\n\n`),
    ],
    'no id': [`{"jsonrpc":"2.0","id":null,"result":${result}}`, asJson],
  };
  for (const [name, [answer, via]] of Object.entries(arrivals)) {
    Object.assign(peer, { answer, via });
    const said = await sourceFor(at(peer.url)).execute('do', {}, contextWith());
    assert.deepEqual(said, { ...said, answer: { content: [] }, isError: false }, name);
  }
});

test('an error of the protocol is one, however odd; what belongs to another request is no answer', async (t) => {
  const peer = await peerFor(t);
  const refusals: Readonly<Record<string, RegExp>> = {
    '{"jsonrpc":"2.0","id":$id,"error":{"code":-32602,"message":"id is odd"}}':
      /refused: id is odd \(code -32602\)\.$/,
    '{"jsonrpc":"2.0","id":$id,"result":null,"error":{"code":-32602,"message":"id is odd"}}':
      /refused: id is odd \(code -32602\)\.$/,
    '{"jsonrpc":"2.0","id":$id,"result":{},"error":{"message":"busy"}}': /refused: busy \(code -32603\)\.$/,
    '{"jsonrpc":"2.0","id":$id,"error":"busy"}': /refused: busy \(code -32603\)\.$/,
  };
  for (const [answer, expected] of Object.entries(refusals)) {
    peer.answer = answer;
    assert.match(await failureOf(sourceFor(at(peer.url)).execute('do', {}, contextWith())), expected);
  }
  for (const via of [asJson, asEvent]) {
    Object.assign(peer, { via, answer: '{"jsonrpc":"2.0","id":99,"result":{"content":[]}}' });
    const source = sourceFor(at(peer.url), { callMs: 3000 });
    const call = source.execute('do', {}, contextWith());
    assert.match(
      await failureOf(call),
      /The call may have been carried out: look there before trying again\.$/,
    );
  }
});

test('a server of 2026 that leaves out what that revision wants has done it', async (t) => {
  const results: readonly unknown[] = [
    { content: [] },
    { resultType: null },
    { resultType: 7 },
    [],
    null,
    'x',
  ];
  let result: unknown;
  const peer = await startRawPeer((_request, response, body) => {
    const discovered = {
      resultType: 'complete',
      supportedVersions: ['2026-07-28'],
      capabilities: { tools: {} },
      serverInfo: { name: 'raw', version: '1' },
      ttlMs: 0,
      cacheScope: 'private',
    };
    if (methodOf(body) !== 'server/discover' && methodOf(body) !== 'tools/call')
      response.writeHead(500).end();
    else answerJson(response, body, methodOf(body) === 'server/discover' ? discovered : result);
  });
  t.after(() => peer.close());
  for (result of results)
    assert.equal((await sourceFor(at(peer.url)).execute('do', {}, contextWith())).isError, false);
});

test('whatever JSON a call is answered with, it has ended, and failed only where the server says so', async (t) => {
  const peer = await peerFor(t);
  const member = fc.constantFrom(
    'content',
    'structuredContent',
    'isError',
    '_meta',
    'resultType',
    'type',
    'text',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false, 'text', 'x', '[1', 0, 1e300),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(member, fc.string({ unit: 'binary' })), tie('value'), { maxKeys: 4 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(value, fc.constantFrom(asJson, asEvent), async (result, via) => {
      Object.assign(peer, { via, answer: resultText(JSON.stringify(result).replaceAll('$id', '')) });
      const said = await sourceFor(at(peer.url)).execute('do', {}, contextWith());
      const isError = typeof result === 'object' && result !== null && 'isError' in result && result.isError;
      assert.equal(said.isError, isError === true);
      assert.notEqual(said.answer, undefined);
    }),
    { numRuns: 60 },
  );
});
