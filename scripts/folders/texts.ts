import type { SourceFile } from './tree.ts';

/** What stands in no file of the page, but in the one that is named. */
const notInPage: readonly { readonly pattern: RegExp; readonly but?: string; readonly says: string }[] = [
  {
    pattern: /\b(?:fetch\(|XMLHttpRequest\b|sendBeacon\b|EventSource\b)/,
    but: 'web/api/fetch.ts',
    says: 'only web/api/fetch.ts asks the gateway: import `ask`',
  },
  {
    pattern: /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write/,
    says: 'no text becomes markup: render it with web/ui/text.tsx',
  },
];

/** What is wrong with a file's name and text, besides its imports. */
export function judgeText({ path, text }: SourceFile): string[] {
  const faults = /(^|\/)(utils?|helpers?|misc|common)\.tsx?$/.test(path)
    ? ['name the file for what it holds']
    : [];
  if (!path.startsWith('web/')) return faults;
  const found = notInPage.filter(({ pattern, but }) => path !== but && pattern.test(text));
  return [...faults, ...found.map(({ says }) => says)];
}
