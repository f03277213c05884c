// Letters that look like those of another script, in what people tell apart by its name: `pаypal.com` with a Cyrillic `а`. They are
// marked, and not replaced: most names in other scripts are what they seem. After Unicode's Technical Standard 39, sections 4 and 5.
import { visible } from './odd-characters.ts';

/** A word that is not what it seems, in UTF-16 units, the end excluded; `mark` says of what it is made. */
export interface LookAlike {
  readonly start: number;
  readonly end: number;
  readonly mark: string;
}

/** Scripts with letters that are taken for Latin ones, by those letters. */
const latinLooking: Readonly<Record<string, string>> = {
  Cyrillic: 'асԁеһіїјӏорԗԛѕԝхуъьҽпгѵѡкАВЕКМНОРСТУХЅІЇЈԚԜҮ',
  Greek: 'αγεικνορτυχωηϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ',
  Armenian: 'ագզէլհյոսւօԼՈՍՏՕ',
  Cherokee: 'ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎵᎷᎻᎽᏀᏃᏎᏏᏔᏚᏞᏟᏢᏦᏧᏴ',
  Coptic: 'ⲀⲂⲈⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬⲟⲣⲥ',
  Lisu: 'ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ',
};

interface Script {
  readonly name: string;
  readonly letter: RegExp;
  /** A letter that is not taken for a Latin one. */
  readonly plain: RegExp;
}

const scripts: readonly Script[] = Object.entries(latinLooking).map(([name, letters]) => ({
  name,
  letter: new RegExp(String.raw`\p{Script=${name}}`, 'v'),
  plain: new RegExp(String.raw`[[\p{Script=${name}}&&\p{L}]--[${letters}]]`, 'v'),
}));

const latin = /\p{Script=Latin}/v;
/** Japanese, Chinese and Korean are written together with Latin letters. */
const besideLatin = String.raw`\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}`;
const notBesideLatin = new RegExp(String.raw`[\p{L}--[${besideLatin}]]`, 'v');
/** Another form of a letter or digit of ASCII: full width, or of mathematics. */
const styled = /[[\p{Lu}\p{Ll}\p{Nd}]&&[\u2100-\u214f\uff00-\uffef\u{1d400}-\u{1d7ff}]]/gv;

/** Words with a letter beyond ASCII: nearly every text has none. */
const word = /(?<![\p{L}\p{M}\p{N}])[\p{ASCII}&&[\p{L}\p{N}]]*[[\p{L}\p{N}]--\p{ASCII}][\p{L}\p{M}\p{N}]*/gv;
/** UTF-16 units of what is looked at whole; a host has no more. */
const longestName = 253;
const host = /(?<=:\/\/|@)[\p{L}\p{M}\p{N}.\-]{1,253}/gv;

/**
 * The words of a text that mix scripts which are not written together, or hold letters of ASCII in another form; of a name, and
 * of every host in a text, also those of a script all of whose letters there are taken for Latin ones.
 */
export function lookAlikes(text: string, { isName }: { readonly isName: boolean }): LookAlike[] {
  const words = Array.from(text.matchAll(word), ({ index, 0: found }) => ({ start: index, found }));
  if (words.length === 0) return [];
  const names =
    isName && text.length <= longestName
      ? [{ start: 0, found: text }]
      : Array.from(text.matchAll(host), ({ index, 0: found }) => ({ start: index, found }));
  let at = 0;
  return words.flatMap(({ start, found }) => {
    while (at < names.length && endOf(names[at]) <= start) at++;
    const name = names[at];
    const isIn = name !== undefined && name.start <= start;
    const mark = mixed(found) ?? (isIn ? whole(found, name.found) : undefined);
    return mark === undefined ? [] : [{ start, end: start + found.length, mark }];
  });
}

function endOf(one: { readonly start: number; readonly found: string } | undefined): number {
  return one === undefined ? 0 : one.start + one.found.length;
}

function mixed(found: string): string | undefined {
  const others = scripts.filter(({ letter }) => letter.test(found)).map(({ name }) => name);
  if (latin.test(found) && notBesideLatin.test(found))
    return ['Latin', ...(others.length === 0 ? ['another script'] : others)].join(' + ');
  if (others.length > 1) return others.join(' + ');
  const isStyled = (found.match(styled) ?? []).some((one) => /^[a-z0-9]+$/i.test(one.normalize('NFKC')));
  return isStyled ? 'styled letters' : undefined;
}

function whole(found: string, name: string): string | undefined {
  return scripts.find(({ letter, plain }) => letter.test(found) && !plain.test(name))?.name;
}

/** A name as plain text: what is odd in it by name, and behind a word that is not what it seems, of what it is made. */
export function visibleName(name: string): string {
  return marked(name, { isName: true });
}

/** The same for a text, in which only mixed words and hosts are marked. */
export function visibleText(text: string): string {
  return marked(text, { isName: false });
}

function marked(text: string, what: { readonly isName: boolean }): string {
  const found = lookAlikes(text, what);
  if (found.length === 0) return visible(text);
  let shown = '';
  let from = 0;
  for (const { end, mark } of found) {
    shown += `${visible(text.slice(from, end))}‹${mark}›`;
    from = end;
  }
  return shown + visible(text.slice(from));
}
