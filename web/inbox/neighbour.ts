/** The one after or before in a list; where the shown one is not in it any more, its first or its last. */
export function neighbour(
  list: readonly { readonly id: string }[],
  id: string | undefined,
  by: 1 | -1,
): string | undefined {
  const at = list.findIndex((one) => one.id === id);
  if (at < 0) return list.at(by === 1 ? 0 : -1)?.id;
  return list[at + by]?.id;
}
