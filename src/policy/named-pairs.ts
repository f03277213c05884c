import { type JsonToken, jsonTokens } from '../shared/json-text.ts';
import { merged, type Range } from './ranges.ts';
import { namesOfNames, namesOfValues, namesSecretValue } from './redact.ts';

interface Container {
  readonly isObject: boolean;
  /** The name of the member that is being read, where one is. */
  member: string | undefined;
  /** Where its value begins. */
  from: number | undefined;
  /** Whether one of its members says that the value beside it is a secret. */
  isNamed: boolean;
  /** Where the members stand that this would be said of. */
  readonly values: Range[];
}

/**
 * Where in a JSON text the values stand whose name is another member of the same object, as in `{"name":"DB_PASSWORD","value":…}`,
 * whichever comes first: in order, none touching another. In time proportional to the text.
 */
export function namedPairs(json: string): Range[] {
  const found: Range[] = [];
  const open: Container[] = [];
  let last = 0;
  for (const token of jsonTokens(json)) {
    const within = open.at(-1);
    if (within?.isObject === true) readMember(json, within, token, last);
    if (token.kind === '{' || token.kind === '[')
      open.push({
        isObject: token.kind === '{',
        member: undefined,
        from: undefined,
        isNamed: false,
        values: [],
      });
    else if (token.kind === '}' || token.kind === ']') {
      const closed = open.pop();
      if (closed?.isNamed === true) for (const range of closed.values) found.push(range);
    }
    last = token.end;
  }
  return merged(found);
}

/** One token right within an object; `last` is where the one before it ended. */
function readMember(json: string, object: Container, { kind, start, end }: JsonToken, last: number): void {
  if (kind === ',' || kind === '}') {
    const { member, from } = object;
    if (member !== undefined && from !== undefined && namesOfValues.has(member))
      object.values.push({ start: from, end: last });
    object.member = undefined;
    object.from = undefined;
  } else if (kind === ':') {
    object.from = end;
  } else if (kind === 'text' && object.member === undefined) {
    object.member = textAt(json, start, end);
  } else if (kind === 'text' && namesOfNames.has(object.member ?? '')) {
    object.isNamed ||= namesSecretValue(textAt(json, start, end));
  }
}

/** A token of a text is JSON, and nothing but a text. */
export function textAt(json: string, start: number, end: number): string {
  return JSON.parse(json.slice(start, end)) as string;
}
