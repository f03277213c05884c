import type { ReactNode } from 'react';
import type { Source, SourceAction } from '../../src/contract/sources.ts';
import { riskReasonsOnPage } from '../../src/shared/reasons.ts';
import { DefinitionDiff } from '../ui/definition-diff.tsx';
import { RawJson } from '../ui/json-view.tsx';
import { RiskBadge } from '../ui/status-badges.tsx';
import { FoldedText, Text } from '../ui/text.tsx';
import { ReviewLine } from './review-line.tsx';

interface ToolDefinitionProps {
  readonly source: Source;
  readonly action: SourceAction;
}

/** All that a server says of one tool, with what has changed since somebody looked last. */
export function ToolDefinition({ source, action }: ToolDefinitionProps) {
  return (
    <div className="flex flex-col gap-3 text-sm">
      <div>
        <p className="font-mono font-medium break-all">
          <Text value={action.id} />
        </p>
        <p className="text-muted">
          of <Text value={source.displayName} />
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2 text-muted">
        <RiskBadge risk={action.riskLevel} /> {riskReasonsOnPage[action.riskSource]}
      </div>
      <div className="flex flex-wrap items-center gap-2 text-muted">
        <ReviewLine action={action} />
      </div>
      {action.reviewedHash !== null && (
        <Part title="What has changed since the review">
          <DefinitionDiff action={action} />
        </Part>
      )}
      <Part title="What it says of itself">
        {action.description === '' ? (
          <p className="text-muted">It says nothing.</p>
        ) : (
          <FoldedText value={action.description} />
        )}
      </Part>
      <Part title="Its parameters">
        <RawJson value={action.params} />
      </Part>
      {action.unchecked.length > 0 && (
        <Part title="What the gateway does not check of them">
          <p className="text-muted">That is left to the server.</p>
          <ul className="list-disc ps-5">
            {action.unchecked.map((one) => (
              <li key={one} className="break-words">
                <Text value={one} />
              </li>
            ))}
          </ul>
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 font-semibold">{title}</h3>
      {children}
    </section>
  );
}
