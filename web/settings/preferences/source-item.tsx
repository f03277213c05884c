import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { Source } from '../../../src/contract/sources.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Text } from '../../ui/text.tsx';
import { visible } from '../../ui/visible.ts';
import type { SourceEntries } from './entries.ts';
import { SourceActions } from './source-actions.tsx';
import { SwitchFault } from './switch-fault.tsx';
import { isEntryOff, type SwitchEntries } from './use-switch.ts';

interface SourceItemProps {
  readonly source: Source;
  readonly own: SourceEntries;
  readonly entries: SwitchEntries;
}

/** A source with its switch; its actions are asked for when somebody wants to see them. */
export function SourceItem({ source, own, entries }: SourceItemProps) {
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const isOff = isEntryOff(source.id, own.isOff, entries);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const name = visible(source.displayName);
  return (
    <li className="py-2">
      <div className="flex items-center justify-between gap-3">
        <Button
          look="quiet"
          className="-ml-3 min-w-0 justify-start! whitespace-normal! text-text!"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <Chevron aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="min-w-0 text-left [overflow-wrap:anywhere]">
            <Text value={source.displayName} />
          </span>
        </Button>
        <span className="flex items-center gap-3">
          {!isOff && own.actions.length > 0 && <Badge tone="warn">{own.actions.length} off</Badge>}
          <Switch label={name} checked={!isOff} change={(isOn) => entries.set(source.id, !isOn)} />
        </span>
      </div>
      <SwitchFault entry={source.id} entries={entries} />
      {isOpen && (
        <div id={listId} className="mt-1 ml-1.5 border-l border-line pl-5">
          {isOff && (
            <p className="py-1 text-sm text-muted">
              The whole source is off, and each of its actions with it.
            </p>
          )}
          <SourceActions source={source} isSourceOff={isOff} off={own.actions} entries={entries} />
        </div>
      )}
    </li>
  );
}
