import { ReplyReader, type Stream } from '../../src/pack/read-reply.ts';
import type { StepLine } from '../../src/pack/step-line.ts';

export interface Reply {
  readonly refused: string | undefined;
  readonly steps: readonly StepLine[];
  /** What the steps wrote, one after the other. */
  readonly output: Readonly<Record<Stream, string>>;
}

/** A whole reply, as the sender reads it. Throws where it breaks off. */
export function readReply(text: string | Uint8Array): Reply {
  const reader = new ReplyReader();
  const events = reader.push(Buffer.from(text));
  reader.end();
  const output: Record<Stream, string> = { stdout: '', stderr: '' };
  for (const event of events)
    if (event.kind === 'output') output[event.stream] += Buffer.from(event.bytes).toString();
  const refused = events.find((event) => event.kind === 'refused')?.reason;
  const steps = events.flatMap((event) => (event.kind === 'step' ? [event.step] : []));
  return { refused, steps, output };
}
