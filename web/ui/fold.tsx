import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';

interface FoldProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
}

/** What most readers can pass over. It is drawn once it is opened; in a line with others, it then has one of its own. */
export function Fold({ summary, children }: FoldProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="group/fold text-sm open:basis-full"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="inline-flex min-h-9 list-none items-center gap-1 rounded-lg pr-2 text-muted hover:text-text">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 transition-transform group-open/fold:rotate-90"
        />
        {summary}
      </summary>
      {isOpen && <div className="pt-1 pb-2 pl-5">{children}</div>}
    </details>
  );
}
