import type { Source, SourceAction } from '../../src/contract/sources.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { modeReasonsOnPage } from '../../src/shared/reasons.ts';
import { useMe } from '../api/me.ts';
import type { StoredModeTexts } from '../api/modes.ts';
import { ModeSwitch } from '../ui/mode-switch.tsx';
import { ErrorNote } from '../ui/states.tsx';
import { ModeBadge } from '../ui/status-badges.tsx';
import { Text } from '../ui/text.tsx';
import { modeNotes, setMode } from './set-mode.ts';
import { useModeWrite } from './use-mode-write.ts';

interface ActionModeProps {
  readonly source: Source;
  readonly action: SourceAction;
  readonly stored: StoredModeTexts;
  readonly automationId: string | undefined;
}

/** What happens when an agent asks for this action: for an admin to set, for others to read. */
export function ActionMode(props: ActionModeProps) {
  const { isAdmin } = useMe();
  const { source, action, stored, automationId } = props;
  const isAutomation = automationId !== undefined;
  const set = setMode(stored, source.id, action.id);
  const notes = modeNotes(action, set, isAutomation);
  if (isAdmin) return <Settable {...props} notes={notes} value={set.value} />;
  return (
    <Beside notes={set.value === null ? [] : notes}>
      <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
        <ModeBadge mode={action.mode} />
        {modeReasonsOnPage[action.modeSource]}
      </p>
    </Beside>
  );
}

interface SettableProps extends ActionModeProps {
  readonly notes: readonly string[];
  readonly value: ReturnType<typeof setMode>['value'];
}

function Settable({ source, action, automationId, notes, value }: SettableProps) {
  const writing = useModeWrite({ sourceId: source.id, actionId: action.id, automationId });
  return (
    <Beside notes={notes}>
      <ModeSwitch
        label={`Mode of ${visibleName(action.id)} of ${visibleName(source.displayName)}`}
        value={value}
        inherited={action.inherited.mode}
        change={(mode) => writing.mutate(mode)}
      />
      {writing.error !== null && <ErrorNote error={writing.error} />}
    </Beside>
  );
}

function Beside({
  notes,
  children,
}: {
  readonly notes: readonly string[];
  readonly children: React.ReactNode;
}) {
  return (
    <div className="flex min-w-0 flex-col items-start gap-1.5 lg:w-80 lg:shrink-0">
      {children}
      {notes.map((note) => (
        <p key={note} className="max-w-full text-xs break-words text-muted">
          <Text value={note} />
        </p>
      ))}
    </div>
  );
}
