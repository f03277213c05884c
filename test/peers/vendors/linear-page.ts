// Linear's connections: filtered, newest first, and cut into pages of 50 where nothing else is asked for.
import { inputError } from './linear-errors.ts';
import { passes, type Read } from './linear-filter.ts';
import { asText, isRecord } from './values.ts';

/** The arguments of a field, as they came. */
export type Args = Readonly<Record<string, unknown>>;

type Node = Record<string, unknown>;

/** A page of entities, with their ids for cursors. */
export function page(all: readonly object[], args: Args, read: Read): unknown {
  if (Array.isArray(args['sort'])) throw new TypeError('the stand-in does not sort');
  // Entities are plain objects, read by name from here on.
  const nodes = ordered(all as readonly Node[], args).filter((node) => matches(node, args['filter'], read));
  const [from, to] = window(nodes, args);
  const shown = nodes.slice(from, to);
  return {
    nodes: shown,
    edges: shown.map((node) => ({ node, cursor: node['id'] })),
    pageInfo: {
      __typename: 'PageInfo',
      hasPreviousPage: from > 0,
      hasNextPage: to < nodes.length,
      startCursor: shown.at(0)?.['id'] ?? null,
      endCursor: shown.at(-1)?.['id'] ?? null,
    },
  };
}

function matches(node: Node, filter: unknown, read: Read): boolean {
  if (!isRecord(filter)) return true;
  const connections: Read = (entity, field) => {
    const value = read(entity, field);
    return isRecord(value) && Array.isArray(value['nodes']) ? value['nodes'] : value;
  };
  return passes(filter, node, connections);
}

function ordered(nodes: readonly Node[], args: Args): Node[] {
  const by = args['orderBy'] === 'updatedAt' ? 'updatedAt' : 'createdAt';
  return nodes.toSorted((a, b) => asText(b[by]).localeCompare(asText(a[by])));
}

function window(nodes: readonly Node[], args: Args): [from: number, to: number] {
  const start = typeof args['after'] === 'string' ? indexOf(nodes, args['after']) + 1 : 0;
  const end = typeof args['before'] === 'string' ? indexOf(nodes, args['before']) : nodes.length;
  if (typeof args['last'] === 'number') return [Math.max(start, end - size(args['last'], 'last')), end];
  return [start, Math.min(end, start + size(args['first'] ?? 50, 'first'))];
}

function indexOf(nodes: readonly Node[], cursor: string): number {
  const at = nodes.findIndex(({ id }) => id === cursor);
  if (at === -1) throw inputError('Argument Validation Error', 'The cursor is not valid.');
  return at;
}

function size(value: unknown, name: string): number {
  if (typeof value === 'number' && value >= 1 && value <= 250) return value;
  throw inputError('Argument Validation Error', `${name} must be between 1 and 250.`);
}
