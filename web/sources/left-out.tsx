import type { OmittedTool } from '../../src/contract/connectors.ts';
import { Text } from '../ui/text.tsx';
import { counted } from '../ui/words.ts';

/** What a source lists and nobody can use, with the reason for each. */
export function LeftOut({ omitted }: { readonly omitted: readonly OmittedTool[] }) {
  if (omitted.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="cursor-pointer">
        {counted(omitted.length, 'tool')} of its list {omitted.length === 1 ? 'is' : 'are'} left out
      </summary>
      <ul className="mt-2 flex flex-col gap-2">
        {omitted.map(({ tool, reason }, at) => (
          // Two may have the same name, and the list is shown as it is.
          // biome-ignore lint/suspicious/noArrayIndexKey: it never changes its order
          <li key={at}>
            <span className="font-mono break-all">
              <Text value={tool} />
            </span>
            <span className="block text-muted">
              <Text value={reason} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
