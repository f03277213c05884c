import { useState } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { FoldedText, Text } from './text.tsx';
import { numberText } from './words.ts';

interface JsonViewProps {
  readonly value: unknown;
  /** What each member is for, by its name: from the action's own schema. */
  readonly about?: Readonly<Record<string, string>>;
  /** How many values this one lies within. */
  readonly depth?: number;
}

/** Deeper than this there is no room beside what it lies in. */
const deepest = 6;

/** A JSON value to be read by a person: members with their names, each value by its type, what is long folded. */
export function JsonView({ value, about, depth = 0 }: JsonViewProps) {
  if (depth > deepest && typeof value === 'object' && value !== null) return <RawJson value={value} />;
  if (Array.isArray(value)) return <Items items={value} depth={depth} />;
  if (typeof value === 'object' && value !== null)
    return <Members value={Object.entries(value)} about={about} depth={depth} />;
  if (typeof value === 'string')
    return value === '' ? <Quiet text="(empty text)" /> : <FoldedText value={value} />;
  if (value === null || value === undefined) return <Quiet text="null" />;
  return <span className="font-mono text-[0.87em] text-info">{JSON.stringify(value)}</span>;
}

interface MembersProps {
  readonly value: readonly (readonly [string, unknown])[];
  readonly about: JsonViewProps['about'];
  readonly depth: number;
}

function Members({ value, about, depth }: MembersProps) {
  if (value.length === 0) return <Quiet text="(nothing)" />;
  return (
    <dl className="flex flex-col divide-y divide-line">
      {value.map(([name, member]) => (
        <Member key={name} name={name} value={member} about={about} depth={depth} />
      ))}
    </dl>
  );
}

interface MemberProps {
  readonly name: string;
  readonly value: unknown;
  readonly about: JsonViewProps['about'];
  readonly depth: number;
}

/** A name beside its value; above it where the value has members of its own. */
function Member({ name, value, about, depth }: MemberProps) {
  const isNested = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return (
    <div
      className={classNames(
        'py-2 first:pt-0 last:pb-0',
        !isNested && 'grid gap-x-4 gap-y-0.5 sm:grid-cols-[minmax(7rem,24%)_1fr]',
      )}
    >
      <dt className="min-w-0">
        <span className="font-mono text-[0.87em] font-medium break-words">
          <Text value={name} />
        </span>
        <span className="ml-2 text-xs whitespace-nowrap text-muted">{typeName(value)}</span>
        {about !== undefined && Object.hasOwn(about, name) && (
          <p className="text-xs text-muted">
            <Text value={about[name] ?? ''} />
          </p>
        )}
      </dt>
      <dd className={classNames('min-w-0', isNested && 'mt-1.5 border-l-2 border-line pl-3')}>
        <JsonView value={value} depth={depth + 1} />
      </dd>
    </div>
  );
}

const mostItems = 20;

interface ItemsProps {
  readonly items: readonly unknown[];
  readonly depth: number;
}

function Items({ items, depth }: ItemsProps) {
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
              <JsonView value={item} depth={depth + 1} />
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
function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function Quiet({ text }: { readonly text: string }) {
  return <em className="text-muted">{text}</em>;
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return `list of ${value.length}`;
  return value === null ? 'null' : typeof value === 'string' ? 'text' : typeof value;
}

/** The same value as JSON, character by character. */
export function RawJson({ value }: { readonly value: unknown }) {
  return (
    <pre className="max-h-[32rem] overflow-auto rounded-lg bg-sunken p-3 break-words whitespace-pre-wrap">
      <Text value={JSON.stringify(value, null, 2) ?? 'null'} />
    </pre>
  );
}
