import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export type ButtonLook = 'primary' | 'secondary' | 'danger' | 'quiet';

const looks: Readonly<Record<ButtonLook, string>> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  secondary: 'bg-card border-line-strong hover:bg-sunken',
  danger: 'bg-card border-danger text-danger hover:bg-danger-soft',
  quiet: 'border-transparent text-muted hover:text-text hover:bg-sunken',
};

const shape =
  'inline-flex items-center justify-center gap-2 rounded-lg border font-medium whitespace-nowrap transition-colors disabled:opacity-55';

const sizes = { normal: 'min-h-10 px-4 py-1.5', small: 'min-h-9 px-2.5 py-1 text-sm' } as const;

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook;
  readonly size?: keyof typeof sizes;
  /** Something it has asked for is under way. */
  readonly busy?: boolean;
}

/** A button; while it is busy it cannot be pressed again, and says so. */
export function Button({
  look = 'secondary',
  size = 'normal',
  busy = false,
  className,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={busy || rest.disabled === true}
      aria-busy={busy || undefined}
      className={classNames(buttonClass(look, size), className)}
    />
  );
}

/** For a link that looks like a button. */
export function buttonClass(look: ButtonLook = 'secondary', size: keyof typeof sizes = 'normal'): string {
  return classNames(shape, sizes[size], looks[look]);
}
