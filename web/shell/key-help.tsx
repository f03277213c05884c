import { Dialog } from '../ui/dialog.tsx';
import { setKeysWork, useKeysWork } from '../ui/use-keys.ts';

const keys: readonly (readonly [key: string, does: string])[] = [
  ['j', 'next in the list'],
  ['k', 'the one before'],
  ['Enter', 'open the row, in the history'],
  ['a', 'approve'],
  ['d', 'deny, with a reason'],
  ['x', 'tick, to decide several together'],
  ['r', 'show the raw JSON, or the readable view'],
  ['/', 'search'],
  ['?', 'show these keys'],
  ['Esc', 'close, or leave a field'],
];

/** What the keyboard can do. */
export function KeyHelp({ open, close }: { readonly open: boolean; readonly close: () => void }) {
  const work = useKeysWork();
  return (
    <Dialog title="Keys" reads open={open} close={close}>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2">
        {keys.map(([key, does]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-block min-w-7 rounded-md border border-line-strong px-1.5 py-0.5 text-center font-mono text-sm">
                {key}
              </kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-5 flex min-h-9 items-center gap-2 border-t border-line pt-4">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={work}
          onChange={({ target }) => setKeysWork(target.checked)}
        />
        The keys a and d decide, in this browser
      </label>
    </Dialog>
  );
}
