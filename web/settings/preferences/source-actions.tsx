import { useQuery } from '@tanstack/react-query';
import type { Source, SourceAction } from '../../../src/contract/sources.ts';
import { modeKey } from '../../../src/shared/mode-key.ts';
import { sourceActionsQuery } from '../../api/sources.ts';
import { ErrorNote, Loading } from '../../ui/states.tsx';
import { RiskBadge } from '../../ui/status-badges.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Text } from '../../ui/text.tsx';
import { visible } from '../../ui/visible.ts';
import { notOffered } from './entries.ts';
import { LeftEntries } from './left-entries.tsx';
import { SwitchFault } from './switch-fault.tsx';
import { isEntryOff, type SwitchEntries } from './use-switch.ts';

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
  if (data === undefined) return <Loading label={`Asking ${visible(source.displayName)}`} />;
  const gone = notOffered(
    source.id,
    off,
    data.map(({ id }) => id),
  );
  return (
    <>
      {data.length === 0 && <p className="py-2 text-sm text-muted">It offers no actions.</p>}
      <ul aria-label={`Actions of ${visible(source.displayName)}`}>
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
        label={visible(action.id)}
        checked={!isOff && !isSourceOff}
        disabled={isSourceOff}
        change={(isOn) => entries.set(entry, !isOn)}
      />
      <SwitchFault entry={entry} entries={entries} />
    </li>
  );
}
