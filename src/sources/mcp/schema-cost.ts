import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/json.ts';
import { atPointer, fragmentOf } from './json-pointer.ts';
import { maxPatternCost, patternCost } from './pattern-cost.ts';
import { SchemaError } from './schema-limits.ts';

/** Values of a schema that its references may have compiled once more: each place is compiled for each way of writing it. */
const maxReferredValues = 10_000;

/**
 * Refuses a schema that would be compiled for too long, before anything of it is: its patterns, summed, by the size of their programs,
 * and what its references reach. Gives what its patterns cost, in instructions. Linear in the schema, whose size and depth are measured
 * before. Throws `SchemaError`.
 */
export function refuseCostlySchema(schema: JsonObject): number {
  const found: Found = { patterns: [], references: new Set() };
  collect(schema, found);
  let cost = 0;
  for (const pattern of found.patterns) {
    const own = patternCost(pattern);
    // By itself too much, it is not compiled at all.
    if (own <= maxPatternCost) cost += own;
    if (cost > maxPatternCost) throw new SchemaError(tooCostly(pattern));
  }
  let values = 0;
  for (const reference of found.references) {
    values += valuesIn(targetOf(schema, reference));
    if (values > maxReferredValues)
      throw new SchemaError(
        `its references reach more than ${maxReferredValues} values; refer to smaller parts, each by one name`,
      );
  }
  return cost;
}

/** Instructions that the patterns of all tools of one listing may come to: whoever reviews them has each looked at. */
const maxListingCost = 10 * maxPatternCost;

/** What the patterns of a listing's tools may still cost together. */
export class PatternBudget {
  #left = maxListingCost;

  /** Throws `SchemaError` where it is more than is left; nothing is taken then. */
  spend(cost: number): void {
    if (cost > this.#left)
      throw new SchemaError(
        `its patterns and those of the tools before it unfold to more than ${maxListingCost} steps; repeat less often, or check the length with maxLength`,
      );
    this.#left -= cost;
  }
}

interface Found {
  readonly patterns: string[];
  readonly references: Set<string>;
}

/** By the names of the keywords alone: what only looks like one counts too, which makes nothing cheaper. */
function collect(value: JsonValue, found: Found): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'pattern' && typeof inner === 'string') found.patterns.push(inner);
    if (key === '$ref' && typeof inner === 'string') found.references.add(inner);
    if (key === 'patternProperties' && isJsonObject(inner)) found.patterns.push(...Object.keys(inner));
    collect(inner, found);
  }
}

function tooCostly(pattern: string): string {
  return `its patterns unfold to more than ${maxPatternCost} steps, the last of them ${JSON.stringify(pattern.slice(0, 80))}; repeat less often, or check the length with maxLength`;
}

/** What a reference names; the whole schema where it cannot be followed here, which is at least as much. */
function targetOf(schema: JsonObject, reference: string): JsonValue {
  const fragment = fragmentOf(reference);
  return (fragment === undefined ? undefined : atPointer(schema, fragment)) ?? schema;
}

function valuesIn(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + valuesIn(inner), 1);
}
