import type { ReactNode } from 'react';
import { TextField } from './field.tsx';

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
