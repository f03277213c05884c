import type { ReactNode } from 'react';

interface RowsProps {
  /** What they are rows of, for people who cannot see the heading. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Things of one kind below each other. */
export function Rows({ label, children }: RowsProps) {
  return (
    <ul aria-label={label} className="-my-2 flex flex-col divide-y divide-line">
      {children}
    </ul>
  );
}

interface RowProps {
  readonly title: ReactNode;
  /** Words about it beside its title. */
  readonly badges?: ReactNode;
  /** What else is known of it. */
  readonly children?: ReactNode;
  /** What can be done with it. */
  readonly actions?: ReactNode;
}

/** One of them: what it is at the left, what can be done at the right, or below where there is no room. */
export function Row({ title, badges, children, actions }: RowProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium break-words [overflow-wrap:anywhere]">{title}</span>
          {badges}
        </div>
        {children !== undefined && (
          <div className="text-sm break-words text-muted [overflow-wrap:anywhere]">{children}</div>
        )}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </li>
  );
}
