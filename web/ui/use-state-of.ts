import { useState } from 'react';

/**
 * State of one thing, by its name; it begins anew once the name is another. Unlike with a `key`, what is on the page stays, and
 * so does the focus in it.
 */
export function useStateOf<State>(name: string, first: State): [State, (next: State) => void] {
  const [kept, keep] = useState({ name, state: first });
  const isSame = kept.name === name;
  if (!isSame) keep({ name, state: first });
  return [isSame ? kept.state : first, (state) => keep({ name, state })];
}
