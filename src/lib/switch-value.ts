const switches: Readonly<Record<string, boolean>> = {
  '1': true,
  true: true,
  yes: true,
  on: true,
  '0': false,
  false: false,
  no: false,
  off: false,
};

/** Whether a switch in a file, or in the environment, is on; `undefined` where the text says neither. */
export function switchValue(text: string): boolean | undefined {
  return Object.hasOwn(switches, text) ? switches[text] : undefined;
}
