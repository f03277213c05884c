/** A line of JSON for each thing that happened. */
export type Log = (event: string, fields: Readonly<Record<string, unknown>>) => void;

/** To standard error: what supervises the process keeps its log. */
export const logToStandardError: Log = (event, fields) => {
  const text = JSON.stringify({ time: new Date().toISOString(), event, ...fields });
  // JSON leaves some control characters as they are, and somebody reads the log on a terminal.
  process.stderr.write(
    `${text.replace(/\p{Cc}/gu, (found) => `\\u00${found.charCodeAt(0).toString(16).padStart(2, '0')}`)}\n`,
  );
};
