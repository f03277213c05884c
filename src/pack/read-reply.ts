import { Buffer } from 'node:buffer';
import { textOfBytes } from '../lib/byte-text.ts';
import { refusing } from './errors.ts';
import { type StepLine, stepLine } from './step-line.ts';

export type Stream = 'stdout' | 'stderr';

/** What a receiver says, as it says it. Output comes in the pieces that the network made of it. */
export type ReplyEvent =
  | { readonly kind: 'accepted'; readonly packId: string; readonly steps: number }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'step'; readonly step: StepLine }
  | { readonly kind: 'output'; readonly stream: Stream; readonly bytes: Uint8Array };

/** Bytes of a line of a reply. A line of ours is far shorter, but for a path. */
const maxLineBytes = 64 * 1024;
const newline = 0x0a;
const refuse = refusing('bad_reply');

/**
 * Reads a reply as it arrives. Output is told from lines by its count of bytes, so that nothing a program writes can pass for
 * a line; what is waiting is never more than one line. Throws `bad_reply`. Source: design, section 4, "Then `OK pack_id=…`".
 *
 * ```ts
 * import { ReplyReader } from 'assent/pack';
 *
 * const reader = new ReplyReader();
 * const reply = `OK pack_id=${'0'.repeat(32)} steps=1\nSTEP 0 exec exit=0 dur_ms=3\n`;
 * for (const event of reader.push(new TextEncoder().encode(reply))) console.log(event.kind); // accepted, step
 * reader.end();
 * ```
 */
export class ReplyReader {
  #line: Buffer = Buffer.alloc(0);
  #block: { readonly stream: Stream; left: number; endsInNewline: boolean } | undefined;
  #steps: number | undefined;
  #next = 0;
  #isOver = false;

  /** What this piece of the reply completes. */
  push(piece: Uint8Array): ReplyEvent[] {
    const events: ReplyEvent[] = [];
    let rest = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    while (rest.length > 0)
      rest = this.#block === undefined ? this.#takeLine(rest, events) : this.#takeOutput(rest, events);
    return events;
  }

  /** To be called at the end of stream: throws where the reply is not whole. */
  end(): void {
    const isWhole = this.#isOver || this.#next === this.#steps;
    if (!isWhole || this.#block !== undefined || this.#line.length > 0) refuse('reply broke off');
  }

  #takeLine(rest: Buffer, events: ReplyEvent[]): Buffer {
    const end = rest.indexOf(newline);
    const part = end === -1 ? rest : rest.subarray(0, end);
    if (this.#line.length + part.length > maxLineBytes) refuse('line too long');
    this.#line = Buffer.concat([this.#line, part]);
    if (end === -1) return rest.subarray(rest.length);
    const event = this.#said(textOfBytes(this.#line));
    this.#line = Buffer.alloc(0);
    if (event !== undefined) events.push(event);
    return rest.subarray(end + 1);
  }

  #takeOutput(rest: Buffer, events: ReplyEvent[]): Buffer {
    const block = this.#block;
    if (block === undefined) return rest;
    if (block.left === 0) return this.#endBlock(rest, block.endsInNewline);
    const bytes = rest.subarray(0, block.left);
    block.left -= bytes.length;
    block.endsInNewline = bytes.at(-1) === newline;
    events.push({ kind: 'output', stream: block.stream, bytes });
    if (block.left === 0 && block.endsInNewline) this.#block = undefined;
    return rest.subarray(bytes.length);
  }

  /** The newline that is added behind output that does not end in one. */
  #endBlock(rest: Buffer, endsInNewline: boolean): Buffer {
    this.#block = undefined;
    if (endsInNewline) return rest;
    if (rest[0] !== newline) refuse('output is longer than its count');
    return rest.subarray(1);
  }

  #said(line: string): ReplyEvent | undefined {
    const [, name, bytes] = /^--- (STDOUT|STDERR) \(([1-9][0-9]{0,9}) bytes\) ---$/.exec(line) ?? [];
    if (name !== undefined) return this.#beginBlock(name === 'STDOUT' ? 'stdout' : 'stderr', Number(bytes));
    if (this.#isOver) return refuse('more than the reply');
    return this.#steps === undefined ? this.#verdict(line) : this.#step(line);
  }

  #verdict(line: string): ReplyEvent {
    const [, packId, steps] = /^OK pack_id=([0-9a-f]{32}) steps=([0-9]{1,5})$/.exec(line) ?? [];
    if (packId !== undefined) {
      this.#steps = Number(steps);
      return { kind: 'accepted', packId, steps: this.#steps };
    }
    if (!line.startsWith('ERR ')) refuse('neither OK nor ERR');
    this.#isOver = true;
    return { kind: 'refused', reason: line.slice(4) };
  }

  #step(line: string): ReplyEvent {
    const step = stepLine(line) ?? refuse('not a line of a reply');
    if (step.index !== this.#next || step.index >= (this.#steps ?? 0)) refuse('steps out of order');
    this.#next++;
    this.#isOver = !step.ok;
    return { kind: 'step', step };
  }

  #beginBlock(stream: Stream, left: number): undefined {
    if (this.#next === 0) refuse('output of no step');
    this.#block = { stream, left, endsInNewline: false };
  }
}
