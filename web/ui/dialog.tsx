import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';

interface DialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly open: boolean;
  readonly close: () => void;
  /** It shows what will not be shown again, or something is under way: neither Escape nor a press beside it closes it. */
  readonly holds?: boolean;
  /** It is to be read before anything in it is filled in: it begins at its top, and not in its first field. */
  readonly reads?: boolean;
  readonly children: ReactNode;
}

/** A question or a form over the screen: it holds the focus, at first in its first field, Escape closes it, and the focus goes back to where it was. */
export function Dialog({
  title,
  description,
  open,
  close,
  holds = false,
  reads = false,
  children,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const takes = useTakesEscape(open);
  const firstField = () => content.current?.querySelector<HTMLElement>('input, select, textarea') ?? true;
  return (
    <Base.Root
      open={open}
      disablePointerDismissal={holds}
      onOpenChange={(isOpen, { reason, event }) => {
        if (!isOpen && (reason !== 'escape-key' || (takes(event) && !holds))) close();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/45" />
        <Base.Popup
          ref={popup}
          initialFocus={reads ? true : firstField}
          finalFocus={useFocusBack(open, popup)}
          className="fixed inset-x-3 top-1/2 z-50 mx-auto max-h-[90dvh] max-w-lg -translate-y-1/2 overflow-y-auto rounded-xl border border-line bg-card p-5 shadow-xl"
        >
          <div className="mb-4 flex items-start justify-between gap-4">
            <div className="min-w-0">
              <Base.Title className="text-lg font-semibold break-words">{title}</Base.Title>
              {description !== undefined && (
                <Base.Description className="mt-1 text-sm text-muted">{description}</Base.Description>
              )}
            </div>
            <Base.Close
              aria-label="Close"
              className="-mt-1 -mr-1 rounded-lg p-2 text-muted hover:bg-sunken hover:text-text"
            >
              <X aria-hidden className="size-4" />
            </Base.Close>
          </div>
          <div ref={content}>{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** The dialogs that are open, the last one on top. */
const openDialogs: object[] = [];
/** Presses of Escape that have closed one. */
const taken = new WeakSet<Event>();

/** Whether a press of Escape is this dialog's: one may lie over another, and a press closes one. */
function useTakesEscape(open: boolean): (press: Event) => boolean {
  const own = useRef({}).current;
  useEffect(() => {
    if (!open) return;
    openDialogs.push(own);
    return () => {
      openDialogs.splice(openDialogs.indexOf(own), 1);
    };
  }, [open, own]);
  return (press) => {
    if (openDialogs.at(-1) !== own || taken.has(press)) return false;
    taken.add(press);
    return true;
  };
}

/** Gives the focus back to what had it before a dialog opened; where that is gone by then, to the dialog below, or the screen. */
function useFocusBack(open: boolean, popup: RefObject<HTMLElement | null>): () => false {
  const before = useRef<Element | null>(null);
  const wasOpen = useRef(false);
  if (open && !wasOpen.current) before.current = document.activeElement;
  wasOpen.current = open;
  return () => {
    const element = before.current;
    const isThere = element instanceof HTMLElement && element.isConnected && element !== document.body;
    // By hand: the library would look for something within it that can be tabbed to.
    (isThere ? element : below(popup.current))?.focus({ preventScroll: true });
    return false;
  };
}

function below(popup: HTMLElement | null): HTMLElement | null {
  const dialogs = [...document.querySelectorAll<HTMLElement>('[role="dialog"]')];
  return dialogs.findLast((one) => one !== popup) ?? document.getElementById('screen');
}
