import { Search } from 'lucide-react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { useKeys } from '../ui/use-keys.ts';

interface TextSearchProps {
  readonly text: string;
  readonly search: (text: string | undefined) => void;
}

/** Looks for a text when asked to, and not with every key: far back that is work. */
export function TextSearch({ text, search }: TextSearchProps) {
  const [typed, setTyped] = useState(text);
  const field = useRef<HTMLInputElement>(null);
  const hint = useId();
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
      <label className="relative min-w-0 flex-1">
        <span className="sr-only">Text in the action, params, result, error or reason</span>
        <Search aria-hidden className="absolute top-3 left-3 size-4 text-muted" />
        <input
          ref={field}
          type="search"
          value={typed}
          maxLength={200}
          placeholder="Text in the action, params, result, error"
          aria-describedby={hint}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          className="min-h-10 w-full rounded-lg border border-line-strong bg-card py-1.5 pr-3 pl-9 placeholder:text-muted"
        />
      </label>
      <span id={hint} className="sr-only">
        Capital and small letters are not told apart.
      </span>
      <Button type="submit">Search</Button>
    </form>
  );
}
