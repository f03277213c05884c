import { useQuery } from '@tanstack/react-query';
import type { Source } from '../../src/contract/sources.ts';
import { sourceActionsQuery } from '../api/sources.ts';
import { Badge } from '../ui/badge.tsx';
import { Text } from '../ui/text.tsx';
import { counted, numberText } from '../ui/words.ts';
import { reviewState } from './review-state.ts';

interface SourceSummaryProps {
  readonly source: Source;
  readonly automationId?: string | undefined;
  /** Where it is, for those who may know. */
  readonly place?: string | undefined;
}

/** What kind of source it is, where, how much it offers, and what of that is still to be looked at. */
export function SourceSummary({ source, automationId, place }: SourceSummaryProps) {
  const { data: actions } = useQuery(sourceActionsQuery(source.id, automationId));
  const states = source.reviewable ? (actions ?? []).map(reviewState) : [];
  const changed = states.filter((state) => state === 'changed').length;
  const reworded = states.filter((state) => state === 'reworded').length;
  const unseen = states.filter((state) => state === 'none').length;
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <KindName kind={source.kind} />
        {actions !== undefined && <span>· {counted(actions.length, 'action')}</span>}
        {changed > 0 && <Badge tone="warn">{numberText(changed)} changed since the review</Badge>}
        {reworded > 0 && <Badge>{numberText(reworded)} described otherwise since the review</Badge>}
        {unseen > 0 && <Badge>{numberText(unseen)} not reviewed</Badge>}
      </span>
      {place !== undefined && <PlaceLine place={place} />}
    </>
  );
}

/** Where a source is: whoever set it up wrote it. */
export function PlaceLine({ place }: { readonly place: string }) {
  return (
    <span className="block max-w-xl font-mono text-xs break-all">
      <Text value={place} />
    </span>
  );
}

const kinds: ReadonlyMap<string, string> = new Map([
  ['connector', 'MCP server'],
  ['provider', 'Built in'],
]);

/** A kind that this page has no word for is shown by its own. */
function KindName({ kind }: { readonly kind: string }) {
  return <span>{kinds.get(kind) ?? <Text value={kind} />}</span>;
}
