import { RE2JS, RE2Set } from 're2js';
import { maxPatternCost, patternCost } from './pattern-cost.ts';
import { type Budget, SchemaError } from './schema-limits.ts';

/** Characters of a regular expression in a schema. */
const maxPatternLength = 1000;

/** What JavaScript means by these is not what RE2 reads in them. */
const readOtherwise = /\\k<|\{,\d/;

/** Ajv's interface to a regular expression. */
export interface Pattern {
  test(text: string): boolean;
  toString(): string;
}

/**
 * Regular expressions of strangers, in time linear in the text (RE2): the native engine was held for 4.3 s by
 * `^(a+)+$`. What RE2 cannot express (look-around, back references) throws `SchemaError`; `patternFault` says so beforehand.
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

/** Why a pattern is left to the server to check; `undefined` where it can be run. It is parsed, and not compiled. */
export function patternFault(source: string): string | undefined {
  if (source.length > maxPatternLength) return `a pattern is longer than ${maxPatternLength} characters`;
  if (patternCost(source) > maxPatternCost) return `the pattern ${quoted(source)} unfolds to too many steps`;
  try {
    if (!readOtherwise.test(source.replaceAll('\\\\', ''))) {
      new RE2Set().add(RE2JS.translateRegExp(source));
      return undefined;
    }
  } catch {
    // RE2 does not know something in it.
  }
  return cannotRun(source);
}

function cannotRun(source: string): string {
  return `the pattern ${quoted(source)} is not one that RE2 can run`;
}

function quoted(source: string): string {
  return JSON.stringify(source.slice(0, 80));
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source));
  } catch {
    throw new SchemaError(cannotRun(source));
  }
}
