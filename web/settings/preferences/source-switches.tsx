import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { Source, SourceAction } from '../../../src/contract/sources.ts';
import { visibleName } from '../../../src/shared/look-alikes.ts';
import { modeKey } from '../../../src/shared/mode-key.ts';
import { sourceActionsQuery } from '../../api/sources.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Loading } from '../../ui/states.tsx';
import { RiskBadge } from '../../ui/status-badges.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Text } from '../../ui/text.tsx';
import { notOffered, type SourceEntries } from './entries.ts';
import { LeftEntries } from './left-entries.tsx';
import { isEntryOff, type SwitchEntries, SwitchFault } from './use-switch.tsx';

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
  const name = visibleName(source.displayName);
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

interface SourceActionsProps {
  readonly source: Source;
  readonly isSourceOff: boolean;
  /** The entries for actions of this source. */
  readonly off: readonly string[];
  readonly entries: SwitchEntries;
}

/** The actions of a source, a switch each. */
export function SourceActions({ source, isSourceOff, off, entries }: SourceActionsProps) {
  const { data, error, refetch } = useQuery(sourceActionsQuery(source.id));
  if (error !== null)
    return (
      <>
        <ErrorNote error={error} retry={() => void refetch()} />
        {off.length > 0 && <LeftEntries left={off} entries={entries} isUnsure />}
      </>
    );
  if (data === undefined) return <Loading label={`Asking ${visibleName(source.displayName)}`} />;
  const gone = notOffered(
    source.id,
    off,
    data.map(({ id }) => id),
  );
  return (
    <>
      {data.length === 0 && <p className="py-2 text-sm text-muted">It offers no actions.</p>}
      <ul aria-label={`Actions of ${visibleName(source.displayName)}`}>
        {data.map((action) => (
          <ActionItem
            key={action.id}
            action={action}
            entry={modeKey(source.id, action.id)}
            isSourceOff={isSourceOff}
            off={off}
            entries={entries}
          />
        ))}
      </ul>
      {gone.length > 0 && <LeftEntries left={gone} entries={entries} />}
    </>
  );
}

interface ActionItemProps extends Omit<SourceActionsProps, 'source'> {
  readonly action: SourceAction;
  readonly entry: string;
}

function ActionItem({ action, entry, isSourceOff, off, entries }: ActionItemProps) {
  const isOff = isEntryOff(entry, off.includes(entry), entries);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3">
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-2 py-1">
        <code className="min-w-0 [overflow-wrap:anywhere]">
          <Text value={action.id} />
        </code>
        <RiskBadge risk={action.riskLevel} />
      </span>
      <Switch
        label={visibleName(action.id)}
        checked={!isOff && !isSourceOff}
        disabled={isSourceOff}
        change={(isOn) => entries.set(entry, !isOn)}
      />
      <SwitchFault entry={entry} entries={entries} />
    </li>
  );
}
