// Slack's own description of its methods, as far as it can be held against a request or an answer.
import { Ajv, type ValidateFunction } from 'ajv';
import { isRecord } from './values.ts';

export interface MethodCheck {
  /** What is wrong with the arguments of a request, in Slack's words; nothing where all is well. */
  args(args: Readonly<Record<string, unknown>>): readonly string[];
  /** Throws where an answer is not what the method promises: then the stand-in is at fault. */
  answer(answer: Readonly<Record<string, unknown>>): void;
}

/** The checks of a method, or `undefined` for one that the description does not have. */
export type SlackSchema = (method: string) => MethodCheck | undefined;

/** Arguments that Slack takes by now and that its published description, of 2020, is too old to have. */
const newerArgs = ['markdown_text', 'metadata', 'client_msg_id', 'include_all_metadata', 'team_id'];

/** Reads the OpenAPI 2 document. */
export function readSlackSchema(text: string): SlackSchema {
  const document: unknown = JSON.parse(text);
  if (!isRecord(document) || !isRecord(document['paths']))
    throw new TypeError('this is not an OpenAPI document');
  const { paths, definitions } = document;
  const requests = new Ajv({ ...lenient, coerceTypes: true });
  const answers = new Ajv(lenient).addSchema({ $id: 'slack', definitions: repaired(definitions) });
  const known = new Map<string, MethodCheck>();
  return (method) => {
    const path = paths[`/${method}`];
    const operation = isRecord(path) ? (path['get'] ?? path['post']) : undefined;
    if (!isRecord(operation)) return undefined;
    const check = known.get(method) ?? checkOf({ requests, answers }, method, operation);
    known.set(method, check);
    return check;
  };
}

const lenient = { strict: false, allErrors: true, validateFormats: false };

function checkOf(
  ajv: { requests: Ajv; answers: Ajv },
  method: string,
  operation: Record<string, unknown>,
): MethodCheck {
  const args = ajv.requests.compile(argsSchema(operation['parameters']));
  const answer = ajv.answers.compile(answerSchema(operation['responses']));
  return {
    args(given) {
      // Ajv turns the strings of a form into what they stand for, in place; JSON may carry a list where a form has its text.
      const plain = Object.entries(given).map(([name, value]) => [
        name,
        typeof value === 'object' ? JSON.stringify(value) : value,
      ]);
      return args(Object.fromEntries(plain)) ? [] : complaints(args);
    },
    answer(given) {
      if (!answer(given)) throw new Error(`${method} may not answer so: ${complaints(answer).join(', ')}`);
    },
  };
}

function argsSchema(parameters: unknown): object {
  const named = (Array.isArray(parameters) ? parameters : []).filter(isRecord);
  const own = named.filter((parameter) => parameter['in'] !== 'header');
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries([
      ...newerArgs.map((name) => [name, {}] as const),
      ...own.map(({ name, type }) => [name, { type }] as const),
    ]),
    required: own.filter(({ required }) => required === true).map(({ name }) => name),
  };
}

function answerSchema(responses: unknown): object {
  const success =
    isRecord(responses) && isRecord(responses['200']) ? repaired(responses['200']['schema']) : {};
  return isRecord(success) ? success : {};
}

/**
 * The description says `items` with a list where it means `anyOf`, demands lists that are not empty where Slack sends empty
 * ones, and forbids every field that Slack has added since. References lead to the definitions, which are registered as a
 * schema of their own.
 */
function repaired(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(repaired);
  if (!isRecord(schema)) return schema;
  const { $ref, minItems: _empty, additionalProperties: _newer, ...rest } = schema;
  if (typeof $ref === 'string') return { $ref: `slack${$ref}` };
  const all = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, repaired(value)]));
  if (!Array.isArray(all['items']) || all['type'] === 'array') return all;
  const { items, ...others } = all;
  return { ...others, anyOf: items };
}

function complaints({ errors }: ValidateFunction): string[] {
  return (errors ?? []).map(({ instancePath, message, params }) => {
    if ('missingProperty' in params) return `[ERROR] missing required field: ${params['missingProperty']}`;
    if ('additionalProperty' in params) return `[ERROR] unknown field: ${params['additionalProperty']}`;
    return `[ERROR] ${message} [json-pointer:${instancePath}]`;
  });
}
