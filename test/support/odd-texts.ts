/** A text that is not as it seems: as it is shown to people, and as JSON that reads back as it was. */
interface OddText {
  readonly text: string;
  readonly shown: string;
  readonly json: string;
}

const odd = (text: string, shown: string): OddText => ({
  text,
  shown,
  json: `"${shown.replace(/‹U\+([0-9A-F]+)›/g, (_, code: string) => escaped(String.fromCodePoint(Number.parseInt(code, 16))))}"`,
});

const short: Readonly<Record<string, string>> = { '\b': '\\b', '\f': '\\f', '\r': '\\r' };

function escaped(character: string): string {
  return (
    short[character] ??
    Array.from({ length: character.length }, (_, at) => {
      return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
    }).join('')
  );
}

/** What hides, turns or imitates text: the same table for every place that shows others' text. */
export const oddTexts: readonly OddText[] = [
  odd('a\u0000b', 'a‹U+0000›b'),
  odd('\u001b[2J', '‹U+001B›[2J'),
  odd('gone\rhere', 'gone‹U+000D›here'),
  odd('del\u007f', 'del‹U+007F›'),
  odd('\u009b31m', '‹U+009B›31m'),
  odd('line\u0085end', 'line‹U+0085›end'),
  odd('pay\u200dment', 'pay‹U+200D›ment'),
  odd('a\u200bb\ufeffc', 'a‹U+200B›b‹U+FEFF›c'),
  odd('می\u200cخواهم', 'می‹U+200C›خواهم'),
  odd('soft\u00adhyphen', 'soft‹U+00AD›hyphen'),
  odd('rm \u202etxt.exe', 'rm ‹U+202E›txt.exe'),
  odd('a\u2066b\u2069', 'a‹U+2066›b‹U+2069›'),
  odd('a\u061cb', 'a‹U+061C›b'),
  odd('tag\u{e0041}\u{e007f}', 'tag‹U+E0041›‹U+E007F›'),
  odd(
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    '🏴‹U+E0067›‹U+E0062›‹U+E0065›‹U+E006E›‹U+E0067›‹U+E007F›',
  ),
  odd('a\u2028b\u2029c', 'a‹U+2028›b‹U+2029›c'),
  odd('a\u00a0b', 'a‹U+00A0›b'),
  odd('a\u2003b\u3000c', 'a‹U+2003›b‹U+3000›c'),
  odd('a\u1680b', 'a‹U+1680›b'),
  odd('a\u2800b', 'a‹U+2800›b'),
  odd('a\u3164b\u115fc', 'a‹U+3164›b‹U+115F›c'),
  odd('a\u034fb\u180bc', 'a‹U+034F›b‹U+180B›c'),
  odd('a\ufe0fb', 'a‹U+FE0F›b'),
  odd('report\u{e0141}.txt', 'report‹U+E0141›.txt'),
  odd('a\ue000b', 'a‹U+E000›b'),
  odd('a\u0378b', 'a‹U+0378›b'),
  odd('a\uffffb', 'a‹U+FFFF›b'),
  odd('x\ud800y', 'x‹U+D800›y'),
  odd('a\ufffcb', 'a‹U+FFFC›b'),
  odd('r\u0336m\u0336', 'r‹U+0336›m‹U+0336›'),
  odd('a\u20ddb', 'a‹U+20DD›b'),
  odd('z\u0310\u0311\u0312\u0313', 'z\u0310\u0311‹U+0312›‹U+0313›'),
  odd('e\u0301\u0301', 'e\u0301‹U+0301›'),
  odd(' \u0301x', ' ‹U+0301›x'),
  odd('\u0301', '‹U+0301›'),
  odd('5\u0301', '5‹U+0301›'),
  odd('👩\u200d\u200d💻', '👩‹U+200D›‹U+200D›💻'),
  odd('👩\u200dx', '👩‹U+200D›x'),
  odd('1\u20e3', '1‹U+20E3›'),
  odd('‹U+200D›', '‹U+2039›U+200D›'),
  odd('‹redacted: 40 characters›', '‹U+2039›redacted: 40 characters›'),
];

export const ordinaryTexts: readonly string[] = [
  '',
  ' ',
  'delete it',
  'one\n\ttwo',
  'naïve façade, na\u0308ive',
  'Việt Nam, Vi\u0323\u0302t',
  '日本語',
  'עִבְרִית',
  'العَرَبِيَّة',
  'ज़िंदगी नमस्ते क्ष',
  'ภาษาไทย น้ำ',
  'Москва',
  '한국어',
  '👩\u200d💻 👩🏽\u200d💻 👨\u200d👩\u200d👧\u200d👦',
  '❤\ufe0f',
  '1\ufe0f\u20e3',
  '🇦🇹 🎉 👍🏽',
  '“quoted” «é» – 5 €',
];
