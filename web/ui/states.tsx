import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { differenceWords } from '../../src/shared/differences.ts';
import { ApiError } from '../api/refusal.ts';
import { Button } from './button.tsx';
import { Text } from './text.tsx';

interface EmptyProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
}

/** Nothing is here, and that is fine: says what would be, and how it comes. */
export function Empty({ icon: Icon, title, children }: EmptyProps) {
  return (
    <div className="flex flex-col items-center rounded-xl border border-dashed border-line px-6 py-14 text-center">
      <Icon aria-hidden className="mb-3 size-8 text-muted" strokeWidth={1.5} />
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="mt-1 max-w-md text-sm text-muted">{children}</div>}
    </div>
  );
}

/** Something is being asked for. Lines of about the size of what will come, so that nothing jumps. */
export function Loading({
  lines = 3,
  label = 'Loading',
}: {
  readonly lines?: number;
  readonly label?: string;
}) {
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} aria-hidden className="h-12 animate-pulse rounded-lg bg-sunken" />
      ))}
    </div>
  );
}

interface ErrorNoteProps {
  readonly error: Error;
  readonly retry?: (() => void) | undefined;
}

/** What went wrong, in the gateway's words. */
export function ErrorNote({ error, retry }: ErrorNoteProps) {
  return (
    <div role="alert" className="rounded-lg bg-danger-soft px-4 py-3 text-danger">
      <p className="break-words">
        <Text value={error.message} />
      </p>
      {error instanceof ApiError && error.differs.length > 0 && (
        <ul aria-label="What differs" className="mt-2 list-disc pl-5">
          {error.differs.map((one) => (
            <li key={one}>{differenceWords[one]}</li>
          ))}
        </ul>
      )}
      {retry !== undefined && (
        <Button size="small" look="danger" className="mt-2" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A remark that stands out: what somebody should know before they go on. */
export function Note({
  tone,
  children,
}: {
  readonly tone: 'info' | 'warn' | 'bad';
  readonly children: ReactNode;
}) {
  return <div className={`rounded-lg px-4 py-3 text-sm ${noteTones[tone]}`}>{children}</div>;
}

const noteTones = {
  info: 'bg-info-soft text-info',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-danger-soft text-danger',
} as const;
