import { stepsInTurns } from '../../lib/in-turns.ts';
import { isLargerThan, type JsonValue, toJson } from '../../lib/json.ts';
import { finish } from '../../lib/steps.ts';
import { recordableText } from '../../policy/record.ts';
import { redactInSteps } from '../../policy/redact.ts';
import { truncate } from '../../policy/truncate.ts';
import { type SourceAnswer, withheld } from '../../sources/action-source.ts';
import type { Ending } from '../../store/transitions.ts';

/** What an agent gets of a result at the most, where the row keeps 10 KiB. */
const answerBytes = 1024 * 1024;

const unshowable = 'The source answered, with something that cannot be redacted and is not shown.';
const unexplained = 'The source says that the action failed. Its result may say more.';

export interface RecordableAnswer {
  readonly ending: Ending;
  /** What is handed on. */
  readonly result: JsonValue;
  /** The same as JSON, where the row has less. */
  readonly whole: string | undefined;
}

/** Characters and values of an answer that are looked through in turns of their own. */
const largeAnswer = 32_768;

/**
 * How an execution ends that the source has answered, and what is handed on of its answer. Total: what was done does not become
 * undone because nobody can show it. A large answer is searched in the turns of `who`.
 */
export async function recordableAnswer(
  said: SourceAnswer,
  secrets: readonly string[],
  who: string,
): Promise<RecordableAnswer> {
  const { shown, recorded, ...handedOn } = await shownOf(said.answer, secrets, who);
  if (!said.isError) return { ending: { status: 'completed', result: recorded }, ...handedOn };
  const error = reasonOf(said, shown, secrets);
  return { ending: { status: 'failed', error, result: recorded }, ...handedOn };
}

interface Shown extends Omit<RecordableAnswer, 'ending'> {
  readonly shown: JsonValue;
  /** The row's copy, as JSON. */
  readonly recorded: string;
}

/** The answer redacted, and cut for each of the two who get it; nothing of it where one of these steps fails. */
async function shownOf(answer: unknown, secrets: readonly string[], who: string): Promise<Shown> {
  try {
    const json = toJson(answer);
    const redacting = redactInSteps(json, secrets);
    const shown = isLargerThan(json, largeAnswer) ? await stepsInTurns(who, redacting) : finish(redacting);
    const inRow = truncate(shown);
    const recorded = JSON.stringify(inRow);
    // What fits comes back as it is.
    if (inRow === shown) return { shown, recorded, result: shown, whole: undefined };
    const result = truncate(shown, answerBytes);
    return { shown, recorded, result, whole: JSON.stringify(result) };
  } catch {
    const shown = { ...withheld(unshowable) };
    return { shown, recorded: JSON.stringify(shown), result: shown, whole: undefined };
  }
}

/** Redacted once more: without the invisible characters that a source leaves out, its words may make up a secret. */
function reasonOf({ reasonIn }: SourceAnswer, shown: JsonValue, secrets: readonly string[]): string {
  try {
    return recordableText(reasonIn?.(shown) ?? unexplained, secrets);
  } catch {
    return unexplained;
  }
}
