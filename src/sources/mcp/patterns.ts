import { RE2JS } from 're2js';
import { type Budget, SchemaError } from './schema-limits.ts';

/** Characters of a regular expression in a schema. */
const maxPatternLength = 1000;

/** Ajv's interface to a regular expression. */
export interface Pattern {
  test(text: string): boolean;
  toString(): string;
}

/**
 * Regular expressions of strangers, in time linear in the text (RE2): the native engine was held for 4.3 s by
 * `^(a+)+$`. What RE2 cannot express (look-around, back references) throws `SchemaError`.
 */
export function linearPattern(source: string, budget: Budget): Pattern {
  if (source.length > maxPatternLength)
    throw new SchemaError(`a pattern is longer than ${maxPatternLength} characters`);
  const expression = compile(source);
  // The machine may visit each of its instructions once a character.
  const size = expression.programSize();
  return {
    test(text) {
      budget.spend(text.length * size);
      return expression.test(text);
    },
    // Ajv keeps compiled patterns by this text: without one of its own, every pattern would be the first.
    toString: () => `re2:${source}`,
  };
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source));
  } catch {
    throw new SchemaError(`the pattern ${JSON.stringify(source.slice(0, 80))} is not one that RE2 can run`);
  }
}
