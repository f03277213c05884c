import type { SessionRefusal } from '../../src/contract/sessions.ts';
import { Section } from '../ui/page.tsx';
import { Ago } from '../ui/time.tsx';
import { counted } from '../ui/words.ts';

/** What a session was refused before anything was recorded: an agent that tries what it may not is seen here alone. */
export function SessionRefusals({ refusals }: { readonly refusals: readonly SessionRefusal[] }) {
  if (refusals.length === 0) return null;
  return (
    <Section title="Refused" intro="Before anything was recorded, by code.">
      <ul aria-label="Refused" className="-my-1 divide-y divide-line">
        {refusals.map(({ code, count, lastAt }) => (
          <li key={code} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2">
            <code className="min-w-0 flex-1 [overflow-wrap:anywhere]">{code}</code>
            <span>{counted(count, 'time')}</span>
            <span className="text-sm text-muted">
              last <Ago at={lastAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
