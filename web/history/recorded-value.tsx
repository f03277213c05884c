import { Button } from '../ui/button.tsx';
import { JsonView, RawJson } from '../ui/json-view.tsx';
import { Section } from '../ui/page.tsx';
import { hasRedacted, sizeBeforeCut, sizeText } from '../ui/recorded.ts';

interface RecordedValueProps {
  readonly title: string;
  readonly value: unknown;
  readonly view: { readonly isRaw: boolean; readonly toggle: () => void };
}

/** What is on record of params or a result, to be read, or as JSON. */
export function RecordedValue({ title, value, view: { isRaw, toggle } }: RecordedValueProps) {
  return (
    <Section
      title={title}
      intro={<Remarks value={value} />}
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

function Remarks({ value }: { readonly value: unknown }) {
  const size = sizeBeforeCut(value);
  return (
    <>
      {size !== undefined && `Shortened for the record: there were ${sizeText(size)}. `}
      {hasRedacted(value) && (
        <>
          <code>[redacted]</code> stands for a secret.
        </>
      )}
    </>
  );
}
