import { visibleName } from '../../../src/shared/look-alikes.ts';
import { Button } from '../../ui/button.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Text } from '../../ui/text.tsx';
import { type SwitchEntries, SwitchFault } from './use-switch.tsx';

interface LeftEntriesProps {
  readonly left: readonly string[];
  readonly entries: SwitchEntries;
  /** Their source does not say now whether it has them. */
  readonly isUnsure?: boolean;
}

/** What is switched off, and is not among what can be seen. If it comes back, it is off. */
export function LeftEntries({ left, entries, isUnsure = false }: LeftEntriesProps) {
  return (
    <div className="mt-4 rounded-lg bg-sunken px-3 py-2.5">
      <p className="mb-2 text-sm text-muted">
        {isUnsure
          ? 'Switched off, as far as is known without the source:'
          : 'Switched off, and offered by no source now. Should it come back, it is off.'}
      </p>
      <Rows label={isUnsure ? 'Switched off' : 'Switched off, and not offered now'}>
        {left.map((entry) => (
          <Row
            key={entry}
            title={
              <code>
                <Text value={entry} />
              </code>
            }
            actions={
              <Button
                busy={entries.pending.some((one) => one.entry === entry)}
                aria-label={`${isUnsure ? 'Switch on' : 'Forget'} ${visibleName(entry)}`}
                onClick={() => entries.set(entry, false)}
              >
                {isUnsure ? 'Switch on' : 'Forget'}
              </Button>
            }
          >
            <SwitchFault entry={entry} entries={entries} />
          </Row>
        ))}
      </Rows>
    </div>
  );
}
