import { type FormEvent, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { useStateOf } from '../ui/use-state-of.ts';

interface TextSearchProps {
  readonly text: string;
  readonly search: (text: string | undefined) => void;
}

/** Looks for a text when asked to, and not with every key: far back that is work. */
export function TextSearch({ text, search }: TextSearchProps) {
  const [typed, setTyped] = useStateOf(text, text);
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A tab may have been pasted; none is looked for.
    const line = typed.replace(/\p{Cc}+/gu, ' ');
    search(line === '' ? undefined : line);
  };
  const type = (next: string) => {
    setTyped(next);
    // The field's own cross, or all of it deleted.
    if (next === '' && text !== '') search(undefined);
  };
  return (
    <form role="search" onSubmit={submit} className="flex min-w-0 basis-full gap-2 md:flex-1 md:basis-auto">
      <SearchField
        label="Text in the action, params, result, error or reason"
        placeholder="Text in the action, params, result, error"
        hint="Capital and small letters are not told apart."
        ref={field}
        value={typed}
        onChange={type}
      />
      <Button type="submit">Search</Button>
    </form>
  );
}
