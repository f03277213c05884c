import { useState } from 'react';
import { Button } from './button.tsx';
import { partsOf } from './visible.ts';
import { numberText } from './words.ts';

/** Somebody else's text, exactly: what would hide in it is shown by name. */
export function Text({ value }: { readonly value: string }) {
  return (
    <bdi>
      {partsOf(value).map((part, index) =>
        part.isOdd ? (
          <span key={index} className="mx-px rounded bg-warn-soft px-1 font-mono text-[0.8em] text-warn">
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </bdi>
  );
}

const longest = 600;
const mostLines = 12;

/** A text that may be long, or of many lines: its beginning, and all of it when asked. */
export function FoldedText({ value, mono = false }: { readonly value: string; readonly mono?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const beginning = beginningOf(value);
  const shown = isOpen ? value : beginning;
  return (
    <div className={mono ? 'font-mono text-[0.87em]' : undefined}>
      <div className="break-words whitespace-pre-wrap">
        <Text value={shown} />
        {shown.length < value.length && ' …'}
      </div>
      {beginning.length < value.length && (
        <Button
          size="small"
          look="quiet"
          className="-ml-2.5"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Show less' : `Show all ${numberText(value.length)} characters`}
        </Button>
      )}
    </div>
  );
}

function beginningOf(value: string): string {
  const lines = value.split('\n');
  const byLines = lines.length > mostLines ? lines.slice(0, mostLines).join('\n') : value;
  // Never between the two halves of a character.
  return byLines.length > longest ? byLines.slice(0, longest).replace(/[\ud800-\udbff]$/, '') : byLines;
}
