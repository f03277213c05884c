import type { Status } from '../../src/contract/invocation.ts';

interface Look {
  /** Of the palette. */
  readonly color: string;
  /** Told apart without colour, too. */
  readonly texture: 'solid' | 'stripes' | 'counter' | 'dots';
}

const looks: Readonly<Record<Status, Look>> = {
  completed: { color: 'text-accent', texture: 'solid' },
  failed: { color: 'text-danger', texture: 'solid' },
  denied: { color: 'text-danger', texture: 'stripes' },
  expired: { color: 'text-muted', texture: 'dots' },
  pending: { color: 'text-warn', texture: 'counter' },
  approved: { color: 'text-info', texture: 'counter' },
  executing: { color: 'text-info', texture: 'solid' },
};

const paths: Readonly<Record<Exclude<Look['texture'], 'solid'>, string>> = {
  stripes: 'M-1 1l2-2M0 4l4-4M3 5l2-2',
  counter: 'M-1 3l2 2M0 0l4 4M3-1l2 2',
  dots: 'M1 2h2',
};

/** How a status is filled in a chart: an `id` of the chart's own makes its patterns' names unique on the page. */
export function fillOf(status: Status, id: string): { readonly className: string; readonly fill: string } {
  const { color, texture } = looks[status];
  return { className: color, fill: texture === 'solid' ? 'currentColor' : `url(#${id}-${status})` };
}

/** What `fillOf` refers to; stands once in each drawing. */
export function StatusPatterns({ id, of }: { readonly id: string; readonly of: readonly Status[] }) {
  return (
    <defs>
      {of.map((status) => {
        const { color, texture } = looks[status];
        if (texture === 'solid') return null;
        return (
          <pattern
            key={status}
            id={`${id}-${status}`}
            className={color}
            width="4"
            height="4"
            patternUnits="userSpaceOnUse"
          >
            <path d={paths[texture]} stroke="currentColor" strokeWidth={texture === 'dots' ? 2 : 1.4} />
          </pattern>
        );
      })}
    </defs>
  );
}
