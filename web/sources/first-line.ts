/** UTF-16 units that a row shows of a description. */
const longest = 180;

/** The beginning of a text, on one line; it ends in an ellipsis where there is more. */
export function firstLine(text: string): string {
  const line = text.trimStart().split('\n', 1)[0]?.trimEnd() ?? '';
  if (line.length > longest) return `${line.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;
  return line === text.trim() ? text : `${line} …`;
}
