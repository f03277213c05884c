import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Issue } from '../../contract/errors.ts';
import { messageOf } from '../../lib/errors.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { CheckedParams, ParamsSchema } from '../action-source.ts';
import { budgetKeywords } from './ajv-keywords.ts';
import { type Checkable, checkableSchema, type Draft } from './checkable-schema.ts';
import { linearPattern } from './patterns.ts';
import { PatternBudget, refuseCostlySchema } from './schema-cost.ts';
import { Budget, measureSchema, refuseCostlyValue, SchemaError } from './schema-limits.ts';

interface Dialect extends Draft {
  readonly uri: RegExp;
  readonly Engine: typeof Ajv | typeof Ajv2019 | typeof Ajv2020;
}

/** `$schema` → who reads it, and how. */
const dialects: readonly Dialect[] = [
  {
    uri: /^https?:\/\/json-schema\.org\/draft\/2019-09\/schema#?$/,
    Engine: Ajv2019,
    ignoresBesideRef: false,
    hasPrefixItems: false,
  },
  {
    uri: /^https?:\/\/json-schema\.org\/draft-0[4-7]\/schema#?$/,
    Engine: Ajv,
    ignoresBesideRef: true,
    hasPrefixItems: false,
  },
];

/** Without one, or with one that nobody knows (MCP 2026-07-28, tools). */
const usual: Dialect = {
  uri: /^https?:\/\/json-schema\.org\/(?:draft\/2020-12\/)?schema#?$/,
  Engine: Ajv2020,
  ignoresBesideRef: false,
  hasPrefixItems: true,
};

/** Issues that a refusal of params names: of a failed `anyOf` there is one for every branch. */
const maxIssues = 20;

/** A schema that is compiled and asked on the spot. */
export interface DirectParamsSchema extends ParamsSchema {
  /** JSON values that it is made of. */
  readonly values: number;
  check(params: JsonObject): CheckedParams;
}

/**
 * A tool's own input schema, for showing and for checking. Measured now; read when somebody asks what is not checked, compiled at the
 * first check, which takes a few milliseconds. Throws `SchemaError` where it cannot serve; what only compiling can find is refused
 * by `check`.
 */
export function paramsSchema(jsonSchema: JsonObject, patterns = new PatternBudget()): DirectParamsSchema {
  const nodes = measureSchema(jsonSchema);
  patterns.spend(refuseCostlySchema(jsonSchema));
  let checkable: Checkable | undefined;
  let validate: ((params: JsonObject) => Issue[]) | undefined;
  const read = (): Checkable => (checkable ??= readSchema(jsonSchema));
  return {
    jsonSchema,
    values: nodes,
    get unchecked() {
      return read().unchecked;
    },
    check(params): CheckedParams {
      validate ??= validator(read().schema, dialectOf(jsonSchema), nodes);
      const issues = validate(params);
      return issues.length === 0 ? { ok: true, params } : { ok: false, issues };
    },
  };
}

function readSchema(jsonSchema: JsonObject): Checkable {
  const checkable = checkableSchema(jsonSchema, dialectOf(jsonSchema));
  const { $schema } = jsonSchema;
  const isKnown = typeof $schema !== 'string' || [usual, ...dialects].some(({ uri }) => uri.test($schema));
  if (isKnown) return checkable;
  const note =
    'the whole: its $schema names no draft of JSON Schema from 4 to 2020-12; it is read as 2020-12';
  return { ...checkable, unchecked: [note, ...checkable.unchecked] };
}

function dialectOf({ $schema }: JsonObject): Dialect {
  return dialects.find(({ uri }) => typeof $schema === 'string' && uri.test($schema)) ?? usual;
}

/** Total: whatever the schema does, there is an answer. */
function validator(schema: JsonObject, dialect: Dialect, nodes: number): (params: JsonObject) => Issue[] {
  const budget = new Budget();
  let compiled: ValidateFunction;
  try {
    compiled = compile(schema, dialect, budget);
  } catch (error) {
    const reason = error instanceof SchemaError ? error.message : 'it is no valid JSON Schema';
    return () => [
      { path: '', message: `cannot be checked, because the tool's own schema cannot be used: ${reason}` },
    ];
  }
  return (params) => {
    try {
      refuseCostlyValue(params, nodes);
      budget.refill();
      return compiled(params) ? [] : (compiled.errors ?? []).slice(0, maxIssues).map(toIssue);
    } catch (error) {
      return [
        {
          path: '',
          message: error instanceof SchemaError ? messageOf(error) : 'cannot be checked against this schema',
        },
      ];
    }
  };
}

/** An Ajv of its own for each schema: nothing grows, and no schema can answer to another's `$id`. */
function compile(schema: JsonObject, { Engine }: Dialect, budget: Budget): ValidateFunction {
  const ajv = new Engine(options(budget));
  budgetKeywords(ajv, budget);
  return ajv.compile(schema);
}

function options(budget: Budget): Options {
  return {
    strict: false,
    validateSchema: false,
    validateFormats: false,
    // One issue at a time: collecting all of them multiplies what a hostile schema costs.
    allErrors: false,
    addUsedSchema: false,
    ownProperties: true,
    // A reference that is inlined would not be counted.
    inlineRefs: false,
    logger: false,
    code: {
      // Ajv's optimizer of what it generates takes time quadratic in the properties of a schema.
      optimize: false,
      // `code` is for standalone validators only.
      regExp: Object.assign((source: string) => linearPattern(source, budget), { code: '' }),
    },
  };
}

function toIssue({ instancePath, keyword, params, message }: ErrorObject): Issue {
  return { path: instancePath, message: (explain(keyword, params) ?? message ?? keyword).slice(0, 500) };
}

/** Where Ajv's own words leave out what a reader needs. */
function explain(keyword: string, params: Readonly<Record<string, unknown>>): string | undefined {
  if (keyword === 'additionalProperties')
    return `must not have the property ${JSON.stringify(params['additionalProperty'])}`;
  if (keyword === 'enum') return `must be one of ${JSON.stringify(params['allowedValues'])}`;
  return undefined;
}
