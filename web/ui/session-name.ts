/** What a session goes by: the name that somebody gave it, or the end of its id, in which sessions differ. */
export function sessionName(id: string, name: string | null | undefined): string {
  return name ?? `session ${id.slice(-6)}`;
}
