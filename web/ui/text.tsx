import { Fragment, useState } from 'react';
import { lookAlikes } from '../../src/shared/look-alikes.ts';
import { codePointName, partsOf } from '../../src/shared/odd-characters.ts';
import type { Piece } from '../../src/shared/shown-json.ts';
import { Button } from './button.tsx';
import { charactersText, numberText } from './words.ts';

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

/** A text of which parts are hidden. Those are drawn as nothing in a text is, and a text cannot write them. */
export function Pieces({ value, isName }: { readonly value: readonly Piece[]; readonly isName?: boolean }) {
  return value.map((piece, index) =>
    typeof piece === 'string' ? (
      <Text key={index} value={piece} {...(isName !== undefined && { isName })} />
    ) : (
      <Hidden key={index} characters={piece.hidden} />
    ),
  );
}

function Hidden({ characters }: { readonly characters: number }) {
  return (
    <mark className="mx-px rounded border border-dashed border-warn bg-warn-soft px-1 font-mono text-[0.8em] whitespace-nowrap text-warn">
      {`‹redacted: ${charactersText(characters)}›`}
    </mark>
  );
}

const longest = 600;
const mostLines = 12;

interface FoldedTextProps {
  readonly value: string | readonly Piece[];
  readonly mono?: boolean;
}

/** A text that may be long, or of many lines: its beginning, and all of it when asked. */
export function FoldedText({ value, mono = false }: FoldedTextProps) {
  const [isOpen, setOpen] = useState(false);
  const pieces = typeof value === 'string' ? [value] : value;
  const beginning = beginningOf(pieces);
  const [all, begun] = [lengthOf(pieces), lengthOf(beginning)];
  return (
    <div className={mono ? 'font-mono text-[0.87em]' : undefined}>
      <div className="break-words whitespace-pre-wrap">
        <Pieces value={isOpen ? pieces : beginning} isName={false} />
        {!isOpen && begun < all && ' …'}
      </div>
      {begun < all && (
        <Button
          size="small"
          look="quiet"
          className="-ml-2.5"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Show less' : `Show all ${numberText(all)} characters`}
        </Button>
      )}
    </div>
  );
}

function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : piece.hidden), 0);
}

/** As much as is read at a glance; a hidden part has no lines, and counts with its length. */
function beginningOf(pieces: readonly Piece[]): readonly Piece[] {
  const shown: Piece[] = [];
  let [lines, left] = [mostLines, longest];
  for (const piece of pieces) {
    if (left <= 0 || lines <= 0) return shown;
    const part = typeof piece === 'string' ? cut(piece, lines, left) : piece;
    shown.push(part);
    if (part !== piece) return shown;
    left -= typeof piece === 'string' ? piece.length : piece.hidden;
    if (typeof piece === 'string') lines -= piece.split('\n').length - 1;
  }
  return shown;
}

function cut(value: string, most: number, length: number): string {
  const lines = value.split('\n');
  const byLines = lines.length > most ? lines.slice(0, most).join('\n') : value;
  // Never between the two halves of a character.
  return byLines.length > length ? byLines.slice(0, length).replace(/[\ud800-\udbff]$/, '') : byLines;
}
