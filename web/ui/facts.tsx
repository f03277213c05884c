import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface FactsProps {
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
  /** It stands beside something, with little room. */
  readonly narrow?: boolean;
}

/** What is known of something, a line each. */
export function Facts({ facts, narrow = false }: FactsProps) {
  return (
    <dl className={classNames('flex flex-col gap-y-2', narrow ? 'text-sm' : 'sm:gap-y-1.5')}>
      {facts.map(([name, value]) => (
        <div
          key={name}
          className={classNames(
            'grid gap-x-4',
            narrow ? 'grid-cols-[5rem_minmax(0,1fr)]' : 'sm:grid-cols-[8rem_1fr]',
          )}
        >
          <dt className={classNames('text-sm text-muted', !narrow && 'sm:leading-6')}>{name}</dt>
          <dd className="min-w-0 break-words [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
