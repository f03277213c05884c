import { Search } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId } from 'react';

interface SearchFieldProps {
  /** What is looked through, for people who cannot see where it is. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** For a key that leads here. */
  readonly ref?: RefObject<HTMLInputElement | null>;
  readonly placeholder?: string;
  /** A further hint, which screen readers read out. */
  readonly hint?: string;
}

const longest = 200;

/** A text to look for. Escape leaves it, and what is written in it stays: a browser would take it away. */
export function SearchField({ label, value, onChange, ref, placeholder, hint }: SearchFieldProps) {
  const hintId = useId();
  return (
    <label className="relative block min-w-0 flex-1">
      <span className="sr-only">{label}</span>
      <Search aria-hidden className="absolute top-3 left-3 size-4 text-muted" />
      <input
        ref={ref}
        type="search"
        value={value}
        maxLength={longest}
        placeholder={placeholder}
        aria-describedby={hint === undefined ? undefined : hintId}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={leaveOnEscape}
        className="min-h-10 w-full rounded-lg border border-line-strong bg-card py-1.5 pr-3 pl-9 placeholder:text-muted"
      />
      {hint !== undefined && (
        <span id={hintId} hidden>
          {hint}
        </span>
      )}
    </label>
  );
}

/** What was found is then moved through by its keys. */
function leaveOnEscape(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.currentTarget.blur();
}
