import { type ReactNode, useEffect } from 'react';
import { classNames } from './class-names.ts';
import { setTitle } from './title.ts';

interface PageProps {
  readonly title: string;
  readonly intro?: ReactNode;
  /** What can be done on the whole screen, at its right. */
  readonly actions?: ReactNode;
  /** On a narrow screen: the content says itself what it is, and has the room for it. */
  readonly yieldsHeading?: boolean;
  readonly children: ReactNode;
}

/** A screen: its heading, a sentence about it, what can be done, and the rest. */
export function Page({ title, intro, actions, yieldsHeading = false, children }: PageProps) {
  useEffect(() => setTitle(title), [title]);
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-6 md:px-8 md:py-8">
      <header
        className={classNames(
          'mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3',
          yieldsHeading && 'max-lg:sr-only',
        )}
      >
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold tracking-tight break-words">{title}</h1>
          {intro !== undefined && <p className="mt-1 max-w-prose text-muted">{intro}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a screen, on a card of its own. */
export function Section({ title, intro, actions, children }: SectionProps) {
  return (
    <section className="mb-6 rounded-xl border border-line bg-card">
      <header className="flex flex-wrap items-start justify-between gap-3 border-b border-line px-4 py-3 md:px-5">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="font-semibold break-words">{title}</h2>
          {intro !== undefined && <p className="text-sm text-muted">{intro}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      <div className="px-4 py-4 md:px-5">{children}</div>
    </section>
  );
}
