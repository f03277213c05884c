import { type Row, TableError, tablesIn, tableUnder } from './tables.ts';

/** What may be imported, how: with its values, as types alone, or once it is needed. */
export type Manner = 'values' | 'types' | 'lazily';

export interface FolderRule {
  /** `src/lib`, `web`. */
  readonly path: string;
  /** Folders (`src/lib`) and single files (`src/contract/errors.ts`) besides its own. */
  readonly mayImport: ReadonlyMap<string, Manner>;
  /** Modules of Node: all, or the named ones. */
  readonly node: 'all' | ReadonlySet<string>;
}

export interface RoomRule {
  /** `src/gateway/actions`, or the folder itself for the files that stand in no room. */
  readonly path: string;
  /** Rooms of the same folder, as paths. */
  readonly mayImport: ReadonlySet<string>;
}

/** Which folders may import a package of npm: `src/store`, or one room, `src/sources/mcp`. */
export type PackageRules = ReadonlyMap<string, ReadonlyMap<string, Manner>>;

/** What is loaded from one file on, and how long that may be. */
export interface ReadingRule {
  readonly line: number;
  readonly says: string;
  readonly begin: string;
  /** Files that are not followed. */
  readonly notPast: readonly string[];
  readonly mostLines: number;
}

export interface House {
  readonly folders: ReadonlyMap<string, FolderRule>;
  readonly rooms: ReadonlyMap<string, RoomRule>;
  readonly packages: PackageRules;
  readonly readings: readonly ReadingRule[];
}

/** The rules of docs/architecture.md. Throws `TableError`, naming the line, at whatever it cannot read. */
export function readHouse(markdown: string): House {
  const tables = tablesIn(markdown);
  const folderRows = tableUnder(tables, 'The folders', [
    'folder',
    'holds',
    'may import',
    'Node',
    'never',
  ]).rows;
  const names = folderRows.map((row) => nameOf(cell(row, 0)));
  const folders = folderRows.flatMap((row) => folderRule(row, names) ?? []);
  const roomRows = tableUnder(tables, 'The rooms', ['room', 'may import of its folder']).rows;
  const packageRows = tableUnder(tables, 'The packages', ['package', 'imported by']).rows;
  const readings = tableUnder(tables, 'What is read before the receiver is trusted', [
    'what',
    'begins at',
    'not past',
    'lines at most',
  ]).rows;
  return {
    folders: byKey(folderRows, folders, (one) => one.path),
    rooms: byKey(roomRows, roomRows.map(roomRule), (one) => one.path),
    packages: new Map(packageRows.flatMap((row) => packageRules(row, names))),
    readings: readings.map(readingRule),
  };
}

/** The order of a table is the direction of its arrows: a rule never names a row that stands below it. */
function folderRule(row: Row, names: readonly string[]): FolderRule | undefined {
  const own = nameOf(cell(row, 0));
  const may = cell(row, 2);
  if (may === 'anything') return undefined;
  const above = names.slice(0, names.indexOf(own));
  return { path: pathOf(own), mayImport: folderList(row, may, above), node: nodeRule(row, cell(row, 3)) };
}

function folderList(row: Row, text: string, above: readonly string[]): Map<string, Manner> {
  if (text === 'nothing of ours') return new Map();
  const but = /^everything above but (.+)$/.exec(text)?.[1]?.split(/, | and /);
  if (text === 'everything above' || but !== undefined) {
    for (const name of but ?? []) expectAbove(row, name, above);
    return new Map(above.filter((name) => !but?.includes(name)).map((name) => [pathOf(name), 'values']));
  }
  return new Map(
    listOf(text).map((item): [string, Manner] => {
      const [name, manner] = mannerOf(row, item);
      expectAbove(row, name.split('/')[0] ?? '', above);
      return [pathOf(name), manner];
    }),
  );
}

function expectAbove(row: Row, name: string, above: readonly string[]): void {
  if (!above.includes(name)) throw new TableError(row.line, `"${name}" is no folder of a row above this one`);
}

function nodeRule(row: Row, text: string): FolderRule['node'] {
  if (text === 'all') return 'all';
  if (text === 'none') return new Set();
  const names = listOf(text);
  const odd = names.find((name) => !/^node:[a-z/_]+$/.test(name));
  if (odd === undefined) return new Set(names);
  throw new TableError(row.line, `Node is "all", "none" or names such as node:crypto, not "${odd}"`);
}

function roomRule(row: Row): RoomRule {
  const path = plain(cell(row, 0));
  const folder = path
    .split('/')
    .slice(0, path.startsWith('src/') ? 2 : 1)
    .join('/');
  const may = cell(row, 1);
  const names = may === 'nothing of it' ? [] : listOf(may);
  const odd = names.find((name) => !/^[a-z-]+$/.test(name));
  if (odd !== undefined) throw new TableError(row.line, `"${odd}" is no room: root, or the name of a folder`);
  return { path, mayImport: new Set(names.map((name) => (name === 'root' ? folder : `${folder}/${name}`))) };
}

function packageRules(row: Row, names: readonly string[]): [string, Map<string, Manner>][] {
  const folders = listOf(cell(row, 1)).map((item): [string, Manner] => {
    const [name, manner] = mannerOf(row, item);
    const top = name.split('/')[0] ?? '';
    if (!names.includes(top)) throw new TableError(row.line, `"${top}" is no folder of the table`);
    return [pathOf(name), manner];
  });
  return listOf(cell(row, 0)).map((name) => [name, new Map(folders)]);
}

function readingRule(row: Row): ReadingRule {
  const mostLines = Number(cell(row, 3).replace(',', ''));
  if (!Number.isInteger(mostLines)) throw new TableError(row.line, `"${cell(row, 3)}" is no number of lines`);
  const notPast = cell(row, 2) === 'nothing' ? [] : listOf(cell(row, 2));
  return { line: row.line, says: cell(row, 0), begin: plain(cell(row, 1)), notPast, mostLines };
}

function mannerOf(row: Row, item: string): [string, Manner] {
  const match = /^(\S+?)(?: \((types|lazily)\))?$/.exec(item);
  if (match?.[1] === undefined) throw new TableError(row.line, `cannot read "${item}"`);
  return [match[1], (match[2] ?? 'values') as Manner]; // The pattern lets no other word pass.
}

function byKey<T>(rows: readonly Row[], rules: readonly T[], key: (rule: T) => string): Map<string, T> {
  const map = new Map(rules.map((rule) => [key(rule), rule]));
  if (map.size === rules.length) return map;
  throw new TableError(rows[0]?.line ?? 1, 'two rows of this table have one name');
}

function cell(row: Row, index: number): string {
  const text = row.cells[index] ?? '';
  if (text === '') throw new TableError(row.line, 'an empty cell says nothing');
  return text;
}

const plain = (text: string) => text.replaceAll('`', '').replace(/\/$/, '');
const listOf = (text: string) => plain(text).split(/,\s*/);
const nameOf = (text: string) => plain(text).replace(/^src\//, '');
/** What stands outside `src` is called by its path. */
const outside: ReadonlySet<string> = new Set(['web', 'test', 'bench', 'scripts']);
const pathOf = (name: string) => (outside.has(name.split('/')[0] ?? '') ? name : `src/${name}`);
