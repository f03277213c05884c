import { useQuery } from '@tanstack/react-query';
import type { Connector } from '../../src/contract/connectors.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';
import { sourceActionsQuery } from '../api/sources.ts';
import { ErrorNote, Note } from '../ui/states.tsx';
import { counted } from '../ui/words.ts';

/** Whether a server that was just set up answers. */
export function FirstLook({ connector }: { readonly connector: Connector }) {
  const { sourceId, enabled } = connector;
  const { data, error, isFetching, refetch } = useQuery({ ...sourceActionsQuery(sourceId), enabled });
  const name = visibleName(connector.name);
  if (!enabled) return <p>{name} is saved. It is switched off, so that nobody asks it for anything.</p>;
  if (isFetching) return <p role="status">{name} is saved. Asking it for its tools…</p>;
  if (error !== null)
    return (
      <>
        <p>{name} is saved, and cannot be used yet:</p>
        <ErrorNote error={error} retry={() => void refetch()} />
      </>
    );
  if (data === undefined) return null;
  return (
    <div role="status" className="flex flex-col gap-3">
      <p>
        {name} answers, with {counted(data.length, 'tool')}.
      </p>
      {data.some(({ reviewedHash }) => reviewedHash === null) && (
        <Note tone="info">
          Look its tools over, and review them: an allowed one that was reviewed asks again once its server
          changes the parameters that it takes.
        </Note>
      )}
    </div>
  );
}
