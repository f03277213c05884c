import type { ReactNode } from 'react';

interface FactsProps {
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
}

/** What is known of something, a line each. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl className="flex flex-col gap-y-2 sm:gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="grid gap-x-4 sm:grid-cols-[8rem_1fr]">
          <dt className="text-sm text-muted sm:leading-6">{name}</dt>
          <dd className="min-w-0 break-words [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
