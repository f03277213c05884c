import { Button } from './button.tsx';
import { ErrorNote } from './states.tsx';

interface FormEndProps {
  /** The verb on the button that sends it. */
  readonly verb: string;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly cancel: () => void;
}

/** How a dialog's form ends: what was wrong with it, and the ways out. */
export function FormEnd({ verb, busy, error, cancel }: FormEndProps) {
  return (
    <>
      {error !== null && <ErrorNote error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={cancel}>Cancel</Button>
        <Button look="primary" type="submit" busy={busy}>
          {verb}
        </Button>
      </div>
    </>
  );
}

/** The way out of a dialog that asks for nothing. */
export function Done({ close }: { readonly close: () => void }) {
  return (
    <div className="flex justify-end">
      <Button look="primary" onClick={close}>
        Done
      </Button>
    </div>
  );
}
