import { Button } from './button.tsx';

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
