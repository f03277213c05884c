import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

const control =
  'min-h-10 w-full rounded-lg border border-line-strong bg-card px-3 py-1.5 placeholder:text-muted disabled:opacity-55';

interface Labelled {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}

interface FrameProps extends Labelled {
  readonly id: string;
  readonly children: ReactNode;
}

function Frame({ id, label, hint, error, children }: FrameProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

function described(id: string, { hint, error }: Labelled) {
  const ids = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean);
  return {
    id,
    'aria-describedby': ids.length > 0 ? ids.join(' ') : undefined,
    'aria-invalid': error !== undefined || undefined,
  };
}

/** A line of text with its label, what to write, and what is wrong with it. */
export function TextField({ label, hint, error, className, ...input }: Labelled & ComponentProps<'input'>) {
  const id = useId();
  const labelled = { label, hint, error };
  return (
    <Frame id={id} {...labelled}>
      <input {...input} {...described(id, labelled)} className={classNames(control, className)} />
    </Frame>
  );
}

export function TextArea({ label, hint, error, className, ...input }: Labelled & ComponentProps<'textarea'>) {
  const id = useId();
  const labelled = { label, hint, error };
  return (
    <Frame id={id} {...labelled}>
      <textarea rows={3} {...input} {...described(id, labelled)} className={classNames(control, className)} />
    </Frame>
  );
}

/** The system's own list to choose from: it is the best one on every device. */
export function SelectField({
  label,
  hint,
  error,
  className,
  ...input
}: Labelled & ComponentProps<'select'>) {
  const id = useId();
  const labelled = { label, hint, error };
  return (
    <Frame id={id} {...labelled}>
      <select {...input} {...described(id, labelled)} className={classNames(control, className)} />
    </Frame>
  );
}

interface SecretFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly autoComplete?: 'off' | 'current-password' | 'new-password';
  readonly change: (value: string) => void;
}

/** Where a secret is typed. The field alone shows it: a `value` from React would stand in the document too, as an attribute. */
export function SecretField({ autoComplete = 'off', change, ...field }: SecretFieldProps) {
  return (
    <TextField
      {...field}
      type="password"
      required
      autoComplete={autoComplete}
      onChange={({ target }) => change(target.value)}
    />
  );
}
