import { changesSinceReview, type ReviewedAction } from './json-diff.ts';
import { Text } from './text.tsx';

/** What has changed in an action since somebody reviewed it: its parameters, and its own description. */
export function DefinitionDiff({ action }: { readonly action: ReviewedAction }) {
  const changes = changesSinceReview(action);
  if (changes === undefined)
    return (
      <p className="text-sm text-muted">
        What was reviewed was not kept, so that only its hash can be compared.
      </p>
    );
  if (changes.length === 0)
    return <p className="text-sm text-muted">Nothing has changed since the review.</p>;
  return (
    <ul aria-label="What has changed since the review" className="flex flex-col gap-2 text-sm">
      {changes.map((change) => (
        <li key={change.path} className="overflow-hidden rounded-lg border border-line">
          <p className="border-b border-line bg-sunken px-3 py-1 font-mono text-xs break-words">
            <Text value={change.path} />
          </p>
          {'before' in change && (
            <Side sign="−" word="Before" value={change.before} tone="bg-danger-soft text-danger" />
          )}
          {'after' in change && (
            <Side sign="+" word="Now" value={change.after} tone="bg-accent-soft text-accent" />
          )}
        </li>
      ))}
    </ul>
  );
}

interface SideProps {
  readonly sign: string;
  readonly word: string;
  readonly value: unknown;
  readonly tone: string;
}

function Side({ sign, word, value, tone }: SideProps) {
  return (
    <div className={`flex gap-2 px-3 py-1 ${tone}`}>
      <span aria-hidden>{sign}</span>
      <span className="sr-only">{word}:</span>
      <pre className="min-w-0 flex-1 break-words whitespace-pre-wrap">
        <Text value={typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')} />
      </pre>
    </div>
  );
}
