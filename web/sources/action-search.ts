/** What of the actions is shown; in the address, so that it can be kept and sent. */
export interface ActionSearch {
  /** Words that an action's name, description or risk holds. */
  readonly text?: string;
  readonly show?: Shown;
}

/** `review`: what nobody has reviewed, or what has changed since. `set`: what has a mode of its own here. */
const shownValues = ['review', 'set'] as const;
export type Shown = (typeof shownValues)[number];

const longestText = 200;

/** Takes what anybody may have written into an address. The router reads numbers as numbers. */
export function readActionSearch(search: Record<string, unknown>): ActionSearch {
  const { text, show } = search;
  const words = typeof text === 'number' ? String(text) : text;
  const known = shownValues.find((value) => value === show);
  return {
    ...(typeof words === 'string' && words !== '' && { text: words.slice(0, longestText) }),
    ...(known !== undefined && { show: known }),
  };
}
