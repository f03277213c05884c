/** Joins what applies; the order of Tailwind's classes does not matter. */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
