import type { SourceFile } from './tree.ts';

type Tree = ReadonlyMap<string, SourceFile>;

/**
 * Files that import each other, types included: for each group the shortest way round that begins at its first file, which is
 * named again at the end. A lazy import is no step of a circle: the table of commands loads a command that prints the table.
 */
export function cyclesIn(tree: Tree): string[][] {
  return groupsIn(tree).map((group) => wayRound(tree, new Set(group), group.toSorted()[0] ?? ''));
}

/** All files that a reader comes to from one file on, types included, without those that are not followed. */
export function reachedFrom(tree: Tree, begin: string, notPast: readonly string[]): SourceFile[] {
  const reached = new Map<string, SourceFile>();
  const open = [begin];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const file = tree.get(path);
    if (file === undefined || reached.has(path) || notPast.includes(path)) continue;
    reached.set(path, file);
    open.push(...file.imports.flatMap(({ target }) => target ?? []));
  }
  return [...reached.values()];
}

/** Groups of more than one file in which each reaches each: Tarjan's strongly connected components. */
function groupsIn(tree: Tree): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const groups: string[][] = [];
  const visit = (path: string): number => {
    const index = order.size;
    order.set(path, index);
    let low = index;
    stack.push(path);
    for (const target of neededBy(tree.get(path))) {
      if (!tree.has(target)) continue;
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (stack.includes(target)) low = Math.min(low, lowest.get(target) ?? order.get(target) ?? low);
      lowest.set(path, low);
    }
    if (low === index) {
      const group = stack.splice(stack.indexOf(path));
      if (group.length > 1) groups.push(group);
    }
    return low;
  };
  for (const path of tree.keys()) if (!order.has(path)) visit(path);
  return groups;
}

/** Breadth first, from a file back to itself. */
function wayRound(tree: Tree, group: ReadonlySet<string>, begin: string): string[] {
  const cameFrom = new Map<string, string>();
  const open = [begin];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    for (const target of neededBy(tree.get(path))) {
      if (!group.has(target) || cameFrom.has(target)) continue;
      cameFrom.set(target, path);
      open.push(target);
    }
    if (cameFrom.has(begin)) break;
  }
  const way = [begin];
  for (let path = cameFrom.get(begin); path !== undefined && path !== begin; path = cameFrom.get(path))
    way.unshift(path);
  return [begin, ...way];
}

/** What a file cannot be loaded, or typed, without. */
function neededBy(file: SourceFile | undefined): string[] {
  return file?.imports.filter(({ isLazy }) => !isLazy).flatMap(({ target }) => target ?? []) ?? [];
}
