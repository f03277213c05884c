import type { Grant } from '../../../src/contract/ways-in.ts';
import { type Ended, endOtherBrowsers, endWayIn } from '../../api/ways-in.ts';
import { counted } from '../../ui/words.ts';
import { EndingDialog } from './end-dialog.tsx';

interface EndOthersProps {
  /** The person's other browsers. */
  readonly others: readonly Grant[];
  readonly close: () => void;
}

/** Signs the person out everywhere else. */
export function EndOthers({ others, close }: EndOthersProps) {
  return (
    <EndingDialog
      title="Sign out everywhere else?"
      verb="Sign out everywhere else"
      ends={others.map(({ id }) => id)}
      end={(keep) => endAll(others, keep)}
      says={(ended) => `Signed out everywhere else: ${counted(ended.length, 'thing')} ended.`}
      close={close}
    >
      {counted(others.length, 'other browser')} of yours {others.length === 1 ? 'is' : 'are'} signed out at
      once.
    </EndingDialog>
  );
}

/** What is kept is kept of each by itself; what has signed in since the list was read ends afterwards, with all that came from it. */
async function endAll(others: readonly Grant[], keep: readonly string[]): Promise<Ended> {
  const ended: Ended[number][] = [];
  const isOver = (id: string) => ended.some((one) => one.id === id);
  for (const { id } of keep.length === 0 ? [] : others)
    if (!isOver(id)) ended.push(...(await endWayIn(id, keep)));
  ended.push(...(await endOtherBrowsers()));
  return ended;
}
