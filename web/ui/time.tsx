import { ago, timeLeft } from '../../src/shared/relative-time.ts';
import { useNow } from './use-now.ts';

/** A moment, as people say it; the exact one is its title. */
export function Ago({ at }: { readonly at: string }) {
  const now = useNow(10_000);
  return (
    <time dateTime={at} title={exact(at)} className="whitespace-nowrap">
      {ago(Date.parse(at), now)}
    </time>
  );
}

/** A moment in full, in the reader's own time zone. */
export function Exactly({ at }: { readonly at: string }) {
  return <time dateTime={at}>{exact(at)}</time>;
}

/** How long there is still to decide, counting down. */
export function TimeLeft({ until }: { readonly until: string }) {
  const now = useNow(1000);
  const leftMs = Date.parse(until) - now;
  const tone = leftMs < 60_000 ? 'text-danger' : 'text-muted';
  return (
    <span role="timer" title={`Until ${exact(until)}`} className={`tabular-nums whitespace-nowrap ${tone}`}>
      {timeLeft(leftMs)}
    </span>
  );
}

function exact(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}
