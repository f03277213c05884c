import { Ago, Exactly, useNow } from '../ui/time.tsx';

const dayMs = 24 * 3600_000;

/** How long ago within a day; what lies further back is told apart by its date and time. */
export function RowTime({ at }: { readonly at: string }) {
  const now = useNow(60_000);
  return now - Date.parse(at) < dayMs ? <Ago at={at} /> : <Exactly at={at} />;
}
