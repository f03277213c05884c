import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/json.ts';
import type { SourceAnswer } from '../action-source.ts';
import type { Arrived } from './call-answer.ts';
import { cleanText } from './clean-text.ts';

/** UTF-16 units of a tool's own word for why it failed. */
const maxReason = 500;
/** Blocks of an answer that are looked through for that word. */
const maxBlocks = 100;
/** Levels of a tool's answer: what is nested deeper would exhaust the stack of a function that walks over it. */
const maxDepth = 200;

/** Members of a result that are the protocol's own. */
const remarks: ReadonlySet<string> = new Set(['_meta', 'resultType', 'isError']);

/** What a tool said. It has run, whatever the answer looks like; only `isError: true` says that it failed. */
export function toolAnswer(arrived: Arrived, name: string): SourceAnswer {
  if ('unread' in arrived) return { answer: arrived.unread, isError: false };
  const { result } = arrived;
  const isError = isJsonObject(result) && result['isError'] === true;
  return {
    answer: readable(contentOf(result), maxDepth),
    isError,
    reasonIn: (shown) => reasonIn(shown, name),
  };
}

/** Without the protocol's remarks, and without the members that are null: those are absences. The rest as it is. */
function contentOf(result: JsonValue): JsonValue {
  if (result === null) return { content: [] };
  if (!isJsonObject(result)) return result;
  const members = Object.entries(result).filter(([key, value]) => value !== null && !remarks.has(key));
  return { content: [], ...Object.fromEntries(members) };
}

/** A copy that every function after this can walk over and write as JSON. */
function readable(value: JsonValue, levels: number): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => readable(item, levels - 1));
  const members = Object.entries(value).map(([key, inner]) => [key, readable(inner, levels - 1)] as const);
  return Object.fromEntries(members);
}

/** The tool's own words, from its answer as it is shown. */
function reasonIn(shown: JsonValue, name: string): string {
  const { content = [], ...more }: JsonObject = isJsonObject(shown) ? shown : {};
  const blocks = Array.isArray(content) ? content.slice(0, maxBlocks) : [content];
  const words = cleanText(blocks.flatMap(textOf).join('\n'), maxReason).trim();
  if (words !== '') return words;
  const isSilent = blocks.length === 0 && Object.keys(more).length === 0;
  return isSilent
    ? `The tool "${name}" failed, and gave no reason.`
    : `The tool "${name}" failed. Its result says more.`;
}

function textOf(block: JsonValue): string[] {
  if (typeof block === 'string') return [block];
  return isJsonObject(block) && typeof block['text'] === 'string' ? [block['text']] : [];
}
