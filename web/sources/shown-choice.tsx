import type { ActionSearch, Shown } from './action-search.ts';

interface ShownChoiceProps {
  readonly search: ActionSearch;
  readonly change: (search: ActionSearch) => void;
}

const choices: readonly { readonly show: Shown; readonly text: string }[] = [
  { show: 'review', text: 'To review' },
  { show: 'set', text: 'With a mode set' },
];

/** Which of the actions are shown. */
export function ShownChoice({ search, change }: ShownChoiceProps) {
  const { show: _, ...others } = search;
  const choose = (value: string) => {
    const known = choices.find(({ show }) => show === value);
    change(known === undefined ? others : { ...others, show: known.show });
  };
  return (
    <label className="block shrink-0">
      <span className="sr-only">Which actions</span>
      <select
        value={search.show ?? ''}
        onChange={({ target }) => choose(target.value)}
        className="min-h-10 w-full rounded-lg border border-line-strong bg-card px-3"
      >
        <option value="">All actions</option>
        {choices.map(({ show, text }) => (
          <option key={show} value={show}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
