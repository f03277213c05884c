import { _, type Ajv, type CodeKeywordDefinition, type FuncKeywordDefinition, type KeywordCxt } from 'ajv';
import { useFunc } from 'ajv/dist/compile/util.js';
import refVocabulary from 'ajv/dist/vocabularies/core/ref.js';
import { type JsonValue, stableJson } from '../../lib/json.ts';
import type { Budget } from './schema-limits.ts';

/** What one followed reference costs: a schema of 2 KiB can ask for 2^24 of them. */
const stepsPerReference = 200;
/** What comparing one more character costs. */
const stepsPerComparedCharacter = 2;

/** Puts the keywords whose cost a stranger's schema chooses onto a budget. */
export function budgetKeywords(ajv: Ajv, budget: Budget): void {
  ajv.removeKeyword('$ref');
  ajv.addKeyword(budgetedReference(budget));
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword(linearUniqueItems(budget));
  ajv.removeKeyword('enum');
  ajv.addKeyword(constantEnum(budget));
  ajv.removeKeyword('const');
  ajv.addKeyword(plainConst(budget));
}

/** Ajv's own `$ref`, after a call that counts. */
function budgetedReference(budget: Budget): CodeKeywordDefinition {
  const original = refVocabulary.default;
  const spend = Object.assign(() => budget.spend(stepsPerReference), { code: '' });
  return {
    ...original,
    keyword: '$ref',
    code(context: KeywordCxt) {
      context.gen.code(_`${useFunc(context.gen, spend)}()`);
      original.code(context);
    },
  };
}

/** Ajv compares every pair of items, which took 10 s where 300 of these looked at 1,000 objects. */
function linearUniqueItems(budget: Budget): FuncKeywordDefinition {
  return {
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must not have the same item twice' },
    validate(wanted: boolean, items: JsonValue[]) {
      if (!wanted) return true;
      const seen = new Set<string>();
      for (const item of items) {
        const text = stableJson(item);
        budget.spend(text.length * stepsPerComparedCharacter);
        seen.add(text);
      }
      return seen.size === items.length;
    },
  };
}

/** Ajv compares with one choice after the other; a look-up costs the same for three and for all time zones. */
function constantEnum(budget: Budget): FuncKeywordDefinition {
  return {
    keyword: 'enum',
    schemaType: 'array',
    error: {
      message: 'must be one of its choices',
      params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}`,
    },
    validate: lookUp((choices: JsonValue[]) => choices, budget),
  };
}

/** Ajv compares objects by calling their `valueOf`, which a value may well have as a member of its own. */
function plainConst(budget: Budget): FuncKeywordDefinition {
  return {
    keyword: 'const',
    error: { message: 'must be equal to constant' },
    validate: lookUp((wanted: JsonValue) => [wanted], budget),
  };
}

/**
 * One function for every place of a schema that has the keyword: of functions of their own, Ajv's code would be put together in
 * time quadratic in their number.
 */
function lookUp<T extends JsonValue>(choicesOf: (keyword: T) => readonly JsonValue[], budget: Budget) {
  const prepared = new Map<T, (value: JsonValue) => boolean>();
  return (keyword: T, value: JsonValue): boolean => {
    let check = prepared.get(keyword);
    if (check === undefined) {
      check = isOneOf(choicesOf(keyword), budget);
      prepared.set(keyword, check);
    }
    return check(value);
  };
}

function isOneOf(choices: readonly JsonValue[], budget: Budget): (value: JsonValue) => boolean {
  const plain = new Set(choices.filter((choice) => typeof choice !== 'object'));
  const others = new Set(choices.filter((choice) => typeof choice === 'object').map(stableJson));
  return (value) => {
    if (typeof value !== 'object') return plain.has(value);
    if (others.size === 0) return false;
    const text = stableJson(value);
    budget.spend(text.length * stepsPerComparedCharacter);
    return others.has(text);
  };
}
