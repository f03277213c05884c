import { Button } from '../ui/button.tsx';

interface ControlProps {
  readonly verb: string;
  readonly name: string;
  readonly busy?: boolean;
  /** It cannot be undone. */
  readonly isFinal?: boolean;
  readonly act: () => void;
}

/** A small button that says to others than the eye what it is for. */
export function Control({ verb, name, busy = false, isFinal = false, act }: ControlProps) {
  return (
    <Button
      size="small"
      look={isFinal ? 'danger' : 'secondary'}
      aria-label={`${verb} ${name}`}
      busy={busy}
      onClick={act}
    >
      {verb}
    </Button>
  );
}
