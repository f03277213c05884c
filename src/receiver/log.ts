/** A line of JSON for each thing that happened. */
export type Log = (event: string, fields: Readonly<Record<string, unknown>>) => void;

/** To standard error: whoever keeps the daemon keeps its log. */
export const logToStandardError: Log = (event, fields) => {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...fields })}\n`);
};
