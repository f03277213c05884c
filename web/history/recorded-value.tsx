import { Button } from '../ui/button.tsx';
import { JsonView, RawJson } from '../ui/json-view.tsx';
import { Section } from '../ui/page.tsx';
import { hasRedacted, sizeBeforeCut, sizeText } from '../ui/recorded.ts';

interface RecordedValueProps {
  readonly title: string;
  readonly value: unknown;
  readonly view: { readonly isRaw: boolean; readonly toggle: () => void };
  /** Who can have all of it, where the record has less: a sentence. */
  readonly whole?: string | undefined;
}

/** What is on record of params or a result, to be read, or as JSON. */
export function RecordedValue({ title, value, view: { isRaw, toggle }, whole }: RecordedValueProps) {
  return (
    <Section
      title={title}
      intro={<Remarks value={value} whole={whole} />}
      actions={
        <Button size="small" aria-pressed={isRaw} aria-keyshortcuts="r" onClick={toggle}>
          Raw JSON<span className="sr-only"> of the {title.toLowerCase()}</span>
        </Button>
      }
    >
      {isRaw ? <RawJson value={value} /> : <JsonView value={value} />}
    </Section>
  );
}

function Remarks({ value, whole = '' }: Pick<RecordedValueProps, 'value' | 'whole'>) {
  const size = sizeBeforeCut(value);
  return (
    <>
      {size !== undefined && `Shortened for the record: there were ${sizeText(size)}. ${whole} `}
      {hasRedacted(value) && (
        <>
          <code>[redacted]</code> stands for a secret.
        </>
      )}
    </>
  );
}
