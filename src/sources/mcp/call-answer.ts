import { INTERNAL_ERROR, type JSONRPCMessage, type RequestId } from '@modelcontextprotocol/client';
import { hasMoreValues, parseExactJson } from '../../lib/exact-numbers.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson, tryParseJson } from '../../lib/json.ts';
import { type Withheld, withheld } from '../action-source.ts';
import type { McpFault } from './faults.ts';

/** What came back: the `result` as it was sent, numbers that cannot be held as texts, or why nobody can read it. */
export type Arrived = { readonly result: JsonValue } | { readonly unread: Withheld };

/** UTF-16 units of an answer in which its `result` must begin, where the whole cannot be read. */
const longestHead = 1000;
/** How a response begins that has a result, whatever comes then. */
const resultBegins = /^\s*\{(?:\s*"(?:jsonrpc|id)"\s*:\s*(?:"[^"\\]*"|\d+|null)\s*,){0,2}\s*"result"\s*:/;

const notJson = withheld('The server answered, with something that is not JSON, which cannot be shown.');

/** Values of an answer, each a step of everything that is done with it. */
const maxValues = 50_000;
const tooMany = withheld(`The server answered, with more than ${maxValues} values, which are not read.`);

/** Whose answers are read here; of the others the SDK makes what it can. */
const taken: ReadonlySet<string> = new Set(['tools/call', 'tools/list']);

/**
 * The answer to the call of an operation, or to the last page that it asked for, taken out as it was sent before the SDK sees it:
 * the SDK refuses a message, or drops it without a word, for anything in it that is not as specified. A call that was carried out
 * would be told as failed, and one odd tool would lose its whole list. In its place the SDK gets an answer that it always takes.
 */
export class CallAnswer {
  #id: RequestId | undefined;
  #isCall = false;
  #arrived: Arrived | undefined;
  #greeted = false;
  #hasNoSession = false;
  #fault: McpFault | undefined;

  get arrived(): Arrived | undefined {
    return this.#arrived;
  }

  /** Whether the handshake of 2025 was begun. */
  get greeted(): boolean {
    return this.#greeted;
  }

  /** Why no more is read of a response. */
  get fault(): McpFault | undefined {
    return this.#fault;
  }

  /** Breaks off: the SDK would say that the server did. */
  giveUp(fault: McpFault): never {
    this.#fault = fault;
    throw fault;
  }

  /** Whether the last response that was no success can have been about the session alone. */
  get hasNoSession(): boolean {
    return this.#hasNoSession;
  }

  /**
   * Hears of a response that is no success. What the SDK gets in its place where the answer is in it all the same: then the call was carried
   * out, whatever the status says.
   */
  refused(text: string): JSONRPCMessage | undefined {
    const message = objectIn(text);
    this.#hasNoSession = text.trim() === '' || (message !== undefined && isJsonObject(message['error']));
    return message !== undefined && isJsonObject(message['result']) ? this.take(text, true) : undefined;
  }

  /** Hears of everything that is sent, to know which answer is meant. */
  sent(message: JSONRPCMessage): void {
    if ('method' in message && message.method === 'initialize') this.#greeted = true;
    if (!('method' in message && 'id' in message) || !taken.has(message.method)) return;
    this.#id = message.id;
    this.#isCall = message.method === 'tools/call';
    this.#arrived = undefined;
  }

  /**
   * What the SDK gets in place of a whole message, or of a list of them; `undefined` where that is not the answer.
   * `isOfCall`: it came as the response to the very request, so that it need not repeat its id.
   */
  take(text: string, isOfCall: boolean): JSONRPCMessage | undefined {
    if (this.#id === undefined || this.#arrived !== undefined) return undefined;
    if (this.#isCall && hasMoreValues(text, maxValues)) return this.takeBegun(text, tooMany);
    let message: JsonValue;
    try {
      // The numbers of a schema stay numbers: its hash is made of them, and agents read it as a schema.
      message = this.#isCall ? parseExactJson(text) : parseJson(text);
    } catch {
      return this.takeBegun(text, notJson);
    }
    const found = this.#find(message, isOfCall);
    return found && this.#settle(found, this.#id);
  }

  /** The same of a call's answer that nobody can read to its end: that it begins as a result says that there is one. */
  takeBegun(text: string, reason: Withheld): JSONRPCMessage | undefined {
    if (this.#id === undefined || !this.#isCall || this.#arrived !== undefined) return undefined;
    const head = text.slice(0, longestHead);
    const [, id] = /"id"\s*:\s*"?(\d+)/.exec(resultBegins.exec(head)?.[0] ?? '') ?? [];
    if (!resultBegins.test(head) || (id !== undefined && Number(id) !== Number(this.#id))) return undefined;
    this.#arrived = { unread: reason };
    return placeholder(this.#id);
  }

  #find(message: JsonValue, isOfCall: boolean): JsonObject | undefined {
    const all = Array.isArray(message) ? message : [message];
    return all.find((one): one is JsonObject => isJsonObject(one) && this.#isAnswer(one, isOfCall));
  }

  /** Nulls are absences. A late answer to an earlier request names that one's id. */
  #isAnswer({ id = null, method = null, ...rest }: JsonObject, isOfCall: boolean): boolean {
    if (method !== null) return false;
    if (!Object.hasOwn(rest, 'result') && (rest['error'] ?? null) === null) return false;
    return id === null ? isOfCall : typeof id !== 'object' && Number(id) === Number(this.#id);
  }

  #settle(message: JsonObject, id: RequestId): JSONRPCMessage {
    const error = protocolError(message);
    if (error !== undefined) return { jsonrpc: '2.0', id, error };
    const { result = null } = message;
    this.#arrived = { result };
    return placeholder(id);
  }
}

function objectIn(text: string): JsonObject | undefined {
  const value = tryParseJson(text);
  return isJsonObject(value) ? value : undefined;
}

/** One that both revisions take. */
function placeholder(id: RequestId): JSONRPCMessage {
  return {
    jsonrpc: '2.0',
    id,
    result: { resultType: 'complete', content: [], tools: [], ttlMs: 0, cacheScope: 'private' },
  };
}

/** An error that says something; beside a result, anything less is none. */
function protocolError(message: JsonObject): { code: number; message: string } | undefined {
  const { error = null } = message;
  const { code, message: said } = isJsonObject(error) ? error : {};
  const isReal = typeof said === 'string' || typeof code === 'number';
  if (!isReal && (error === null || Object.hasOwn(message, 'result'))) return undefined;
  const words = typeof error === 'string' ? error : said;
  return {
    code: typeof code === 'number' && Number.isSafeInteger(code) ? code : INTERNAL_ERROR,
    message: typeof words === 'string' && words !== '' ? words : 'it gave no reason',
  };
}
