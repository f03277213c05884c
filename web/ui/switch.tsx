interface SwitchProps {
  /** What it switches, for people who cannot see the row. */
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly change: (checked: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, checked, disabled = false, change }: SwitchProps) {
  return (
    <label className="inline-flex min-h-10 cursor-pointer items-center has-disabled:cursor-not-allowed has-disabled:opacity-55">
      <input
        type="checkbox"
        role="switch"
        aria-label={label}
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => change(target.checked)}
        className="relative h-6 w-10 shrink-0 cursor-[inherit] appearance-none rounded-full border border-line-strong bg-sunken transition-colors before:absolute before:top-[3px] before:left-[3px] before:size-4 before:rounded-full before:bg-line-strong before:transition-transform checked:border-accent checked:bg-accent checked:before:translate-x-4 checked:before:bg-on-accent"
      />
    </label>
  );
}
