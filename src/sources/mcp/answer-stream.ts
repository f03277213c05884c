import { setImmediate } from 'node:timers/promises';
import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import { tryParseJson } from '../../lib/json.ts';
import { withheld } from '../action-source.ts';
import { GuardFault } from '../guarded-lookup.ts';
import { causesOf } from '../network-fault.ts';
import type { CallAnswer } from './call-answer.ts';
import { McpFault } from './faults.ts';

/** The response to a request, as the SDK may read it: the answer to a call has been taken out. Rejects where the body breaks off. */
export async function withAnswerTaken(response: Response, answer: CallAnswer): Promise<Response> {
  const { ok, status, headers, body } = response;
  if (body === null) return response;
  if (!ok) return refusal(response, answer);
  const type = headers.get('content-type') ?? '';
  if (/^\s*text\/event-stream\b/i.test(type)) {
    const events = ReadableStream.from(withEventsTaken(body, answer)).pipeThrough(new TextEncoderStream());
    return new Response(events, { status, headers });
  }
  const read = await readWhole(body, answer);
  if (typeof read === 'string') return new Response(read || null, { status, headers });
  // Whatever its status and its kind of content were: it is the answer.
  const session = headers.get('mcp-session-id');
  return Response.json(read, session === null ? {} : { headers: { 'mcp-session-id': session } });
}

/** One that is no success, read to its end: some servers put the answer in all the same. */
async function refusal(response: Response, answer: CallAnswer): Promise<Response> {
  const { status, statusText, headers } = response;
  const text = await response.text();
  const taken = answer.refused(text);
  return taken === undefined ? new Response(text, { status, statusText, headers }) : Response.json(taken);
}

/** Events that are read of one response: a server may send as many as it likes, and each is a piece of work. */
const maxEvents = 10_000;

/** The text, or what the SDK gets in place of the answer in it. */
async function readWhole(
  body: ReadableStream<Uint8Array>,
  answer: CallAnswer,
): Promise<string | JSONRPCMessage> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
  } catch (error) {
    const begun = takeCut(text, error, answer);
    if (begun === undefined) throw error;
    return begun;
  }
  text += decoder.decode();
  return answer.take(text, true) ?? text;
}

/** Events as they came, but for the one with the answer (WHATWG HTML, server-sent events). */
async function* withEventsTaken(
  body: ReadableStream<Uint8Array>,
  answer: CallAnswer,
): AsyncGenerator<string> {
  const lines = new Lines();
  let event: string[] = [];
  let isResumable = false;
  let events = 0;
  const ended = (): string => {
    // Nothing stands between two empty lines.
    if (event.length === 0) return '';
    if (++events > maxEvents) answer.giveUp(new McpFault('too_large', `${maxEvents} events`));
    isResumable ||= event.some((line) => line.startsWith('id:'));
    const data = dataOf(event);
    const taken = data === '' ? undefined : answer.take(data, true);
    const told = taken === undefined ? event.join('\n') : `data: ${JSON.stringify(taken)}`;
    event = [];
    return `${told}\n\n`;
  };
  try {
    for await (const chunk of body) {
      let told = '';
      for (const line of lines.read(chunk)) {
        if (line === '') told += ended();
        else event.push(line);
      }
      if (told !== '') yield told;
      // Others have their turn, however fast the next chunk comes.
      await setImmediate();
    }
  } catch (error) {
    const begun = takeCut(dataOf([...event, lines.rest]), error, answer);
    if (begun === undefined) throw error;
    yield `data: ${JSON.stringify(begun)}\n\n`;
    return;
  }
  // A server may hang up without the empty line that ends an event. Where the stream can be resumed, half an event comes again.
  if (lines.rest !== '') event.push(lines.rest);
  if (event.length > 0 && !(isResumable && tryParseJson(dataOf(event)) === undefined)) yield ended();
}

function dataOf(event: readonly string[]): string {
  const data = event.filter((line) => line.startsWith('data:')).map((line) => line.slice(5));
  return data.join('\n').trim();
}

/** A line is joined once, however many pieces it comes in. */
class Lines {
  readonly #decoder = new TextDecoder();
  readonly #pieces: string[] = [];

  /** What has come of a line that has not ended. */
  get rest(): string {
    return this.#pieces.join('').replace(/\r$/, '');
  }

  /** The lines that end in this chunk. */
  read(chunk: Uint8Array): string[] {
    const text = this.#decoder.decode(chunk, { stream: true });
    const hasCut = this.#pieces.at(-1)?.endsWith('\r') === true;
    this.#pieces.push(text);
    if (!hasCut && !/[\r\n]/.test(text)) return [];
    const whole = this.#pieces.splice(0).join('');
    // A "\r" at the end may be half of a "\r\n".
    const lines = whole.split(/\r\n|\n|\r(?!$)/);
    this.#pieces.push(lines.pop() ?? '');
    return lines;
  }
}

function takeCut(text: string, error: unknown, answer: CallAnswer): JSONRPCMessage | undefined {
  for (const link of causesOf(error)) {
    if (link instanceof GuardFault && link.code === 'too_large')
      return answer.takeBegun(text, tooMuch(link.message));
  }
  return undefined;
}

/** `limit` as a fault has it: `10 MB`. */
export function tooMuch(limit: string) {
  return withheld(`The server answered, with more than ${limit}, which is not read.`);
}
