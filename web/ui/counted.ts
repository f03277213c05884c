/** A number as the page writes it: `1,200`. */
export function numberText(count: number): string {
  return count.toLocaleString('en');
}

/** `1 tool`, `2 tools`, `1,200 tools`. */
export function counted(count: number, noun: string): string {
  return `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`;
}
