import type { FolderRule, House, Manner } from './house.ts';
import type { Import, SourceFile } from './tree.ts';

/** What is wrong with a file's imports, a sentence each. */
export function judgeImports(file: SourceFile, house: House): string[] {
  const rule = house.folders.get(folderOf(file.path));
  if (rule === undefined) return [`the folder "${folderOf(file.path)}" is not in the table`];
  return [
    ...unknownRoom(file.path, house),
    ...file.imports.flatMap((one) => judgeImport(file.path, one, rule, house) ?? []),
  ];
}

function judgeImport(path: string, one: Import, rule: FolderRule, house: House): string | undefined {
  if (one.specifier.startsWith('node:')) return judgeNode(one.specifier, rule);
  if (one.target === undefined) return judgePackage(path, one, house);
  if (folderOf(one.target) === rule.path) return judgeRoom(path, one.target, house);
  return judgeFolder(one, one.target, rule);
}

function judgeNode(specifier: string, { path, node }: FolderRule): string | undefined {
  return node === 'all' || node.has(specifier) ? undefined : `${path} must not import ${specifier}`;
}

function judgeFolder(one: Import, target: string, { path, mayImport }: FolderRule): string | undefined {
  if (!/^(?:src|web)\//.test(target))
    return `${path.split('/')[0]} imports nothing that is outside of it (${one.specifier})`;
  const manner = mayImport.get(target) ?? mayImport.get(folderOf(target));
  if (manner === undefined) return `${path} must not import ${folderOf(target)} (${one.specifier})`;
  return judgeManner(one, manner, `${path} may import ${folderOf(target)}`);
}

function judgeManner({ isType, isLazy, specifier }: Import, manner: Manner, may: string): string | undefined {
  if (manner === 'values' || isType) return undefined;
  if (manner === 'types') return `${may} for its types only: import type … from '${specifier}'`;
  return isLazy ? undefined : `${may} lazily only: await import('${specifier}')`;
}

function judgePackage(path: string, one: Import, { packages }: House): string | undefined {
  const name = packageOf(one.specifier);
  const folders = packages.get(name);
  if (folders === undefined) return `the package ${name} is not in the table of packages`;
  const manner = folders.get(roomOf(path)) ?? folders.get(folderOf(path));
  if (manner === undefined) return `${roomOf(path)} must not import the package ${name}`;
  return judgeManner(one, manner, `${roomOf(path)} may import the package ${name}`);
}

function judgeRoom(path: string, target: string, { rooms }: House): string | undefined {
  const from = roomOf(path);
  const to = roomOf(target);
  const rule = rooms.get(from);
  if (rule === undefined || from === to || rule.mayImport.has(to)) return undefined;
  return `the room ${from} must not import ${to === folderOf(to) ? `the root of ${to}` : to} (${target})`;
}

/** A folder that has one room in the table has all its rooms there. */
function unknownRoom(path: string, { rooms }: House): string[] {
  const hasRooms = rooms.has(folderOf(path));
  return hasRooms && !rooms.has(roomOf(path))
    ? [`the room ${roomOf(path)} is not in the table of rooms`]
    : [];
}

/** `src/lib`, `web`: the row of a path. */
export function folderOf(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith('src/') ? 2 : 1)
    .join('/');
}

/** `src/gateway/actions`: what is deeper belongs to its room; a file in no room to the folder. */
export function roomOf(path: string): string {
  const depth = path.startsWith('src/') ? 2 : 1;
  return path
    .split('/')
    .slice(0, -1)
    .slice(0, depth + 1)
    .join('/');
}

/** `@scope/name/inside` → `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
