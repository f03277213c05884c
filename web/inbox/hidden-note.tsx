import { useEffect, useRef } from 'react';
import type { hiddenIn } from '../../src/shared/shown-json.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/states.tsx';
import { charactersText, numberText } from '../ui/words.ts';
import type { useReveal } from './use-params.ts';

interface HiddenNoteProps {
  readonly hidden: ReturnType<typeof hiddenIn>;
  readonly isRevealed: boolean;
  readonly revealing: ReturnType<typeof useReveal>;
}

/** How much of what would run is hidden, and, one deliberate press away, all of it. */
export function HiddenNote({ hidden, isRevealed, revealing }: HiddenNoteProps) {
  if (hidden.places === 0) return null;
  if (isRevealed) return <Revealed />;
  const places = hidden.places === 1 ? 'in one place' : `in ${numberText(hidden.places)} places`;
  return (
    <Note tone="warn">
      <p>
        {charactersText(hidden.characters)} of what would run {hidden.characters === 1 ? 'is' : 'are'} hidden,{' '}
        {places}: they look like secrets, or stand under the name of one. They run all the same.
      </p>
      <Button
        size="small"
        className="mt-2"
        busy={revealing.isPending}
        aria-describedby="reveal-recorded"
        onClick={() => revealing.mutate()}
      >
        Show what is hidden
      </Button>
      <p id="reveal-recorded" className="mt-1 text-xs">
        It is put on record that you looked, and when.
      </p>
      {revealing.error !== null && <ErrorNote error={revealing.error} />}
    </Note>
  );
}

/** Takes the focus over from the button that it stands in place of, so that it is read out. */
function Revealed() {
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) note.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={note} role="status" tabIndex={-1}>
      <Note tone="info">Nothing is hidden here now. It is on record that you looked.</Note>
    </div>
  );
}
