import type { Source, SourceAction } from '../../src/contract/sources.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { useMe } from '../api/me.ts';
import type { StoredModeTexts } from '../api/modes.ts';
import { Button } from '../ui/button.tsx';
import { Fold } from '../ui/fold.tsx';
import { ErrorNote } from '../ui/states.tsx';
import { Text } from '../ui/text.tsx';
import { counted } from '../ui/words.ts';
import { type LeftoverMode, leftoverModes } from './leftover.ts';
import { useModeWrite } from './use-mode-write.ts';

interface LeftoverModesProps {
  readonly source: Source;
  readonly actions: readonly SourceAction[];
  readonly stored: StoredModeTexts;
  readonly automationId: string | undefined;
}

/** Modes for actions that a source does not offer any more: they would hold again if it did. */
export function LeftoverModes({ source, actions, stored, automationId }: LeftoverModesProps) {
  const left = leftoverModes(source.id, actions, stored);
  if (left.length === 0) return null;
  return (
    <Fold summary={`${counted(left.length, 'mode')} set for what it does not offer now`}>
      <ul className="flex flex-col gap-2">
        {left.map((one) => (
          <Leftover key={one.actionId} sourceId={source.id} left={one} automationId={automationId} />
        ))}
      </ul>
    </Fold>
  );
}

interface LeftoverProps {
  readonly sourceId: string;
  readonly left: LeftoverMode;
  readonly automationId: string | undefined;
}

function Leftover({ sourceId, left: { actionId, text }, automationId }: LeftoverProps) {
  const { isAdmin } = useMe();
  const writing = useModeWrite({ sourceId, actionId, automationId });
  return (
    <li>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 font-mono break-all">
          <Text value={actionId} />
        </span>
        <span className="text-muted">
          <Text value={text} />
        </span>
        {isAdmin && (
          <Button
            size="small"
            aria-label={`Take back the mode of ${visibleName(actionId)}`}
            onClick={() => writing.mutate(null)}
          >
            Take back
          </Button>
        )}
      </div>
      {writing.error !== null && <ErrorNote error={writing.error} />}
    </li>
  );
}
