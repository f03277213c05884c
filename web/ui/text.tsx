import { Fragment, useState } from 'react';
import { lookAlikes } from '../../src/shared/look-alikes.ts';
import { codePointName, partsOf } from '../../src/shared/odd-characters.ts';
import { Button } from './button.tsx';
import { numberText } from './words.ts';

/** UTF-16 units of the longest name. */
const longestName = 100;

interface TextProps {
  readonly value: string;
  /** Whether it may be a name, which is told from others by how it looks. */
  readonly isName?: boolean;
}

/** Somebody else's text, exactly: what would hide in it is shown by name, and a word that imitates another script is marked. */
export function Text({ value, isName = value.length <= longestName }: TextProps) {
  const marks = lookAlikes(value, { isName });
  const ends = [...marks.map(({ end }) => end), value.length];
  return (
    <bdi>
      {ends.map((end, index) => (
        <Fragment key={index}>
          <WithOdd value={value.slice(ends[index - 1] ?? 0, end)} />
          {marks[index] !== undefined && <Odd text={marks[index].mark} />}
        </Fragment>
      ))}
    </bdi>
  );
}

function WithOdd({ value }: { readonly value: string }) {
  return partsOf(value).map((part, index) =>
    part.isOdd ? <Odd key={index} text={codePointName(part.text)} /> : part.text,
  );
}

/** What is not the text's own. */
function Odd({ text }: { readonly text: string }) {
  return (
    <span className="mx-px rounded bg-warn-soft px-1 font-mono text-[0.8em] text-warn">{`‹${text}›`}</span>
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
