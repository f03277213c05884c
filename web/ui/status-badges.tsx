import type { Status } from '../../src/contract/invocation.ts';
import type { Mode, RiskLevel } from '../../src/contract/modes.ts';
import { Badge } from './badge.tsx';
import { modes, risks, statuses } from './words.ts';

export function StatusBadge({ status }: { readonly status: Status }) {
  const { word, tone } = statuses[status];
  return <Badge tone={tone}>{word}</Badge>;
}

export function RiskBadge({ risk }: { readonly risk: RiskLevel }) {
  const { word, tone } = risks[risk];
  return (
    <Badge tone={tone} title={`Risk: ${risk}`}>
      {word}
    </Badge>
  );
}

export function ModeBadge({ mode }: { readonly mode: Mode }) {
  const { word, tone, sentence } = modes[mode];
  return (
    <Badge tone={tone} title={`An agent's call ${sentence}`}>
      {word}
    </Badge>
  );
}
