/**
 * `~` at the start, and `$HOME` and `${HOME}` anywhere, once. `$HOMEBREW` is another name.
 * Source: the seed on recipes, "Variables and Paths".
 */
export function expandHome(text: string, home: string): string {
  const expanded = text.replace(/\$HOME(?![A-Za-z0-9_])|\$\{HOME\}/g, () => home);
  return /^~(\/|$)/.test(expanded) ? home + expanded.slice(1) : expanded;
}
