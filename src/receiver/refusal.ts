import { AssentError } from '../lib/errors.ts';

/** Why a pack is not run at all. The message is what the sender reads behind `ERR `. */
export class Refusal extends AssentError<'refused'> {
  constructor(message: string) {
    super('refused', message);
  }
}

/** Why a step does not run, and with it the rest of the pack: what the sender reads behind `STEP n ERR `. */
export class StepRefusal extends AssentError<'step_refused'> {
  constructor(reason: string) {
    super('step_refused', reason);
  }
}

/** Why the receiver does not start: a sentence that says what to do. */
export class Misconfigured extends AssentError<'misconfigured'> {
  constructor(message: string) {
    super('misconfigured', message);
  }
}
