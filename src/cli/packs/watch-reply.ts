import { textOfBytes } from '../../lib/byte-text.ts';
import type { Step } from '../../pack/pack.ts';
import type { ReplyEvent } from '../../pack/read-reply.ts';
import type { StepLine } from '../../pack/step-line.ts';
import { visible } from '../../shared/odd-characters.ts';
import { paint, print, printPart, statusLine } from '../print.ts';
import { stepText } from './step-text.ts';

/** For a terminal that somebody looks at: which step runs and for how long, and what each wrote. */
export class ReplyWatcher {
  readonly #steps: readonly Step[];
  readonly #status = statusLine();
  #since = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #atLineStart = true;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  event(event: ReplyEvent): void {
    this.#status.clear();
    if (event.kind === 'refused') print(paint('red', visible(`refused: ${event.reason}`)));
    else if (event.kind === 'output') this.#output(event.bytes);
    else if (event.kind === 'step') this.#step(event.step);
    else this.#runs(0);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#status.clear();
    this.#freshLine();
  }

  #step(step: StepLine): void {
    clearInterval(this.#timer);
    this.#freshLine();
    const mark = step.ok ? paint('green', '✓') : paint('red', '✗');
    print(`${mark} ${this.#name(step.index)} ${paint('dim', outcome(step))}`);
    if (step.ok) this.#runs(step.index + 1);
  }

  /** Said in a line that goes away again, once it takes long enough to be read. */
  #runs(index: number): void {
    if (index >= this.#steps.length) return;
    this.#since = performance.now();
    this.#timer = setInterval(() => {
      const seconds = Math.round((performance.now() - this.#since) / 1000);
      if (this.#atLineStart)
        this.#status.show(`step ${index + 1} of ${this.#steps.length}, ${seconds} s: ${this.#name(index)}`);
    }, 250);
  }

  #output(bytes: Uint8Array): void {
    const text = visible(textOfBytes(bytes).toWellFormed());
    printPart(text);
    this.#atLineStart = text.endsWith('\n');
  }

  #freshLine(): void {
    if (!this.#atLineStart) printPart('\n');
    this.#atLineStart = true;
  }

  #name(index: number): string {
    const step = this.#steps[index];
    return step === undefined ? `step ${index + 1}` : stepText(step);
  }
}

/** The end of a step, in a few words. */
export function outcome(step: StepLine): string {
  if (step.outcome === 'refused') return `refused: ${visible(step.reason)}`;
  if (step.outcome === 'wrote') return `${step.bytes} bytes`;
  const { timed_out, truncated, signal, env_dropped, error } = step.fields;
  const parts = [
    `exit ${step.exit}, ${step.durMs} ms`,
    timed_out === '1' && 'over its time limit',
    truncated === '1' && 'output cut',
    signal !== undefined && `ended by ${signal}`,
    env_dropped !== undefined && `without ${env_dropped}`,
    error !== undefined && error,
  ];
  return visible(parts.filter((part) => part !== false).join(', '));
}
