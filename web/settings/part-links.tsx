import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Part, PartSlug } from './parts.ts';

interface PartLinksProps {
  readonly parts: readonly Part[];
  readonly current: PartSlug | undefined;
}

/** A list at the side, or tabs that scroll where there is no side. */
export function PartLinks({ parts, current }: PartLinksProps) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const link = nav.current?.querySelector('[aria-current]');
    link?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav
      ref={nav}
      aria-label="Settings"
      className="-mx-4 flex gap-1 overflow-x-auto border-b border-line px-4 pb-2 md:-mx-8 md:px-8 lg:mx-0 lg:flex-col lg:gap-0.5 lg:overflow-visible lg:border-0 lg:p-0"
    >
      {parts.map(({ slug, name }) => (
        <Link
          key={slug}
          to="/settings/$part"
          params={{ part: slug }}
          aria-current={slug === current ? 'page' : undefined}
          className="flex min-h-10 shrink-0 items-center rounded-lg px-3 whitespace-nowrap text-muted hover:bg-sunken hover:text-text aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-text"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
