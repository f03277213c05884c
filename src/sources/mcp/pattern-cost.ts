/**
 * Instructions that the patterns of one schema may compile to, by their estimate: about a tenth of a second. One that takes more by
 * itself is left to the server.
 */
export const maxPatternCost = 15_000;

/** What a Unicode class costs, in instructions: its hundreds of ranges are put together anew wherever it stands. */
const unicodeClass = 200;
/** Characters of a range that cost about an instruction where case does not count: each is looked up by itself. */
const foldedPerUnit = 100;
/** What a group adds to what is in it: two captures, and an empty match. */
const group = 3;

/** One group that is open: what stands in it, and the part that a quantifier would repeat. */
interface Open {
  whole: number;
  last: number;
}

/**
 * What compiling a regular expression costs at the most, in instructions of its program, from one look along its text: counted
 * repetitions multiply, one inside the other, and what only parsing costs is added once. It may be more than the program has, never
 * less. Total: a text that is no expression has a cost too.
 */
export function patternCost(source: string): number {
  const open: Open[] = [{ whole: 0, last: 0 }];
  const foldsCase = /\(\?[a-z]*i/i.test(source);
  let parsing = 0;
  for (const [text] of source.matchAll(token)) {
    const at = open.at(-1) ?? { whole: 0, last: 0 };
    const times = repetitions(text);
    if (times !== undefined) {
      // A copy that may be left out has a branch of its own.
      const repeated = at.last * times.copies + times.branches;
      at.whole += repeated - at.last;
      at.last = repeated;
    } else if (text.startsWith('(')) {
      open.push({ whole: group, last: 0 });
    } else if (text === ')' && open.length > 1) {
      open.pop();
      append(open.at(-1) ?? at, at.whole);
    } else {
      parsing += parsingCost(text, foldsCase);
      append(at, text === '|' ? 2 : text.length > 1 && !text.startsWith('\\') ? 3 : 1);
    }
  }
  // What is left open is refused by the compiler; until then it costs what it holds.
  return parsing + open.reduce((sum, { whole }) => sum + whole, 0);
}

/** An escape, a class, a group's beginning, a counted repetition, or any one character. */
const token =
  /\\(?:[pP]\{[^}]*\}|[pP].|x\{[^}]*\}|u\{[^}]*\}|.)|\[\^?\]?(?:\\.|\[:\w*:\]|[^\]\\])*\]|\(\?[^):]*:|\(|\{\d+(?:,\d*)?\}|./gsu;

function append(to: Open, cost: number): void {
  to.whole += cost;
  to.last = cost;
}

/** How often a quantifier repeats what stands before it, and how many branches that takes; `undefined` for anything else. */
function repetitions(text: string): { readonly copies: number; readonly branches: number } | undefined {
  if (text === '*' || text === '+' || text === '?') return { copies: 1, branches: 2 };
  const [, least, comma, most = ''] = /^\{(\d+)(?:(,)(\d*))?\}$/.exec(text) ?? [];
  if (least === undefined) return undefined;
  const from = Number(least);
  if (comma === undefined) return { copies: Math.max(1, from), branches: 0 };
  const to = most === '' ? from + 1 : Number(most);
  return { copies: Math.max(1, to), branches: 1 + Math.max(1, to - from) };
}

/** Classes are put together once for each place where they are written. */
function parsingCost(text: string, foldsCase: boolean): number {
  const classes = text.match(/\\[pP]/g)?.length ?? 0;
  return (
    classes * unicodeClass + (foldsCase ? foldedCost(text) : 0) + (text.startsWith('[') ? text.length : 0)
  );
}

/** Of a class whose ranges are written in whatever way, each is taken for the widest. */
function foldedCost(text: string): number {
  if (!text.startsWith('[')) return 0;
  const ranges = text.match(/-/g)?.length ?? 0;
  const isAscii = /^[\x20-\x7e]*$/.test(text) && !/\\[xu0-7]/.test(text);
  return ranges * Math.ceil((isAscii ? 0x7f : 0x1e943) / foldedPerUnit);
}
