/** How one step went, as its line says. `ok` is whether the next one runs. */
export type StepLine = {
  readonly index: number;
  readonly ok: boolean;
} & (
  | {
      readonly outcome: 'ran';
      readonly exit: number;
      readonly durMs: number;
      /** The other fields by name; those that nobody knows yet among them. */
      readonly fields: Readonly<Record<string, string>>;
    }
  | { readonly outcome: 'wrote'; readonly bytes: number; readonly path: string }
  | { readonly outcome: 'refused'; readonly op: 'exec' | 'write'; readonly reason: string }
);

/** The forms of a STEP line. What is matched first is what it is. */
const forms: readonly [RegExp, (index: number, groups: readonly string[]) => StepLine][] = [
  [
    /^STEP ([0-9]{1,5}) exec exit=([0-9]{1,10}) dur_ms=([0-9]{1,15})((?: .*)?)$/s,
    (index, [exit = '', durMs = '', rest = '']) => {
      const fields = fieldsOf(rest);
      const ok = Number(exit) === 0 && fields.timed_out !== '1' && fields.error === undefined;
      return { index, ok, outcome: 'ran', exit: Number(exit), durMs: Number(durMs), fields };
    },
  ],
  [
    /^STEP ([0-9]{1,5}) write OK bytes=([0-9]{1,10}) path=(.*)$/s,
    (index, [bytes = '', path = '']) => ({ index, ok: true, outcome: 'wrote', bytes: Number(bytes), path }),
  ],
  [
    /^STEP ([0-9]{1,5}) write ERR (.+)$/s,
    (index, [reason = '']) => ({ index, ok: false, outcome: 'refused', op: 'write', reason }),
  ],
  [
    /^STEP ([0-9]{1,5}) ERR (.+)$/s,
    (index, [reason = '']) => ({ index, ok: false, outcome: 'refused', op: 'exec', reason }),
  ],
];

/** `undefined` where the line is none. */
export function stepLine(line: string): StepLine | undefined {
  for (const [form, read] of forms) {
    const match = form.exec(line);
    if (match !== null) return read(Number(match[1]), match.slice(2));
  }
  return undefined;
}

/** ` name=value …`; `error=` is the last, and takes the rest of the line. */
function fieldsOf(text: string): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  const error = text.indexOf(' error=');
  if (error !== -1) fields.error = text.slice(error + ' error='.length);
  for (const word of text.slice(0, error === -1 ? undefined : error).split(' ')) {
    const equals = word.indexOf('=');
    if (equals > 0) fields[word.slice(0, equals)] = word.slice(equals + 1);
  }
  return fields;
}
