import { useMemo, useState } from 'react';
import {
  type Piece,
  prettyShown,
  readShown,
  type ShownJson,
  type ShownMember,
} from '../../src/shared/shown-json.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { FoldedText, Pieces, Text } from './text.tsx';
import { numberText } from './words.ts';

interface AboutProps {
  /** What each member is for, by its name: from the action's own schema. */
  readonly about?: Readonly<Record<string, string>>;
}

/** Deeper than this there is no room beside what it lies in. */
const deepest = 7;

/** A JSON value to be read by a person: members with their names, each value by its type, what is long folded. */
export function JsonView({ value, ...rest }: AboutProps & { readonly value: unknown }) {
  return <ShownJsonView json={piecesOf(value)} {...rest} />;
}

/** The same of JSON of which parts are hidden, member by member as it is written. */
export function ShownJsonView({ json, about }: AboutProps & { readonly json: readonly Piece[] }) {
  const value = useMemo(() => readShown(json, deepest), [json]);
  return <Value value={value} {...(about && { about })} />;
}

function piecesOf(value: unknown): readonly Piece[] {
  return [JSON.stringify(value) ?? 'null'];
}

function Value({ value, about }: AboutProps & { readonly value: ShownJson }) {
  if (value.kind === 'list') return <Items items={value.items} />;
  if (value.kind === 'object') return <Members members={value.members} {...(about && { about })} />;
  if (value.kind === 'deep') return <RawShownJson json={value.pieces} />;
  if (value.kind === 'text')
    return value.pieces.length === 0 ? <Quiet text="(empty text)" /> : <FoldedText value={value.pieces} />;
  if (value.pieces[0] === 'null') return <Quiet text="null" />;
  return (
    <span className="font-mono text-[0.87em] text-info">
      <Pieces value={value.pieces} />
    </span>
  );
}

function Members({ members, about }: AboutProps & { readonly members: readonly ShownMember[] }) {
  if (members.length === 0) return <Quiet text="(nothing)" />;
  return (
    <dl className="flex flex-col divide-y divide-line">
      {members.map((member, index) => (
        <Member key={index} {...member} {...(about && { about })} />
      ))}
    </dl>
  );
}

/** A name beside its value; above it where the value has members of its own. */
function Member({ name, value, about }: AboutProps & ShownMember) {
  const isNested = hasParts(value);
  const what = whatItIs(name, about);
  return (
    <div
      className={classNames(
        'py-2 first:pt-0 last:pb-0',
        !isNested && 'grid gap-x-4 gap-y-0.5 sm:grid-cols-[minmax(7rem,24%)_1fr]',
      )}
    >
      <dt className="min-w-0">
        <span className="font-mono text-[0.87em] font-medium break-words">
          <Pieces value={name} isName />
        </span>
        <span className="ml-2 text-xs whitespace-nowrap text-muted">{typeName(value)}</span>
        {what !== undefined && (
          <p className="text-xs text-muted">
            <Text value={what} />
          </p>
        )}
      </dt>
      <dd className={classNames('min-w-0', isNested && 'mt-1.5 border-l-2 border-line pl-3')}>
        <Value value={value} />
      </dd>
    </div>
  );
}

function hasParts(value: ShownJson): boolean {
  if (value.kind === 'object') return value.members.length > 0;
  return value.kind === 'list' ? value.items.length > 0 : value.kind === 'deep';
}

function whatItIs(name: readonly Piece[], about: AboutProps['about']): string | undefined {
  const [only = ''] = name;
  const isWhole = name.length <= 1 && typeof only === 'string';
  return isWhole && about !== undefined && Object.hasOwn(about, only) ? about[only] : undefined;
}

const mostItems = 20;

function Items({ items }: { readonly items: readonly ShownJson[] }) {
  const [isOpen, setOpen] = useState(false);
  if (items.length === 0) return <Quiet text="(empty list)" />;
  const shown = isOpen ? items : items.slice(0, mostItems);
  return (
    <>
      <ol className="flex flex-col gap-1.5">
        {shown.map((item, index) => (
          <li key={index} className="flex gap-3">
            <span aria-hidden className="min-w-5 text-right text-xs leading-6 text-muted tabular-nums">
              {index + 1}
            </span>
            <div className="min-w-0 flex-1">
              <Value value={item} />
            </div>
            {!isText(item) && <span className="text-xs leading-6 text-muted">{typeName(item)}</span>}
          </li>
        ))}
      </ol>
      {items.length > mostItems && (
        <Button size="small" look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show less' : `Show all ${numberText(items.length)} items`}
        </Button>
      )}
    </>
  );
}

/** In a list nothing else tells the text `5` from the number. */
function isText(value: ShownJson): boolean {
  return value.kind === 'text' && value.pieces.length > 0;
}

function Quiet({ text }: { readonly text: string }) {
  return <em className="text-muted">{text}</em>;
}

function typeName(value: ShownJson): string {
  if (value.kind === 'list') return `list of ${value.items.length}`;
  if (value.kind !== 'literal') return value.kind === 'deep' ? 'nested' : value.kind;
  const [written] = value.pieces;
  if (typeof written !== 'string') return 'hidden';
  return written === 'null' ? 'null' : /^[tf]/.test(written) ? 'boolean' : 'number';
}

/** The same value as JSON, character by character. */
export function RawJson({ value }: { readonly value: unknown }) {
  return <RawShownJson json={piecesOf(value)} />;
}

/** The same of JSON of which parts are hidden. */
export function RawShownJson({ json }: { readonly json: readonly Piece[] }) {
  const lines = useMemo(() => prettyShown(json), [json]);
  return (
    <pre className="max-h-[32rem] overflow-auto rounded-lg bg-sunken p-3 break-words whitespace-pre-wrap">
      <Pieces value={lines} isName={false} />
    </pre>
  );
}
