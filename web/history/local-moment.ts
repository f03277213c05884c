/** A moment as a field of type `datetime-local` has it: `2026-11-21T15:41`, in the reader's own time zone. */
export function toLocal(iso: string): string {
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The same back, ISO 8601 in UTC; `undefined` for what is no moment from 1970 on. */
export function fromLocal(local: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/.test(local)) return undefined;
  const ms = Date.parse(local);
  return Number.isNaN(ms) || ms < 0 ? undefined : new Date(ms).toISOString();
}
