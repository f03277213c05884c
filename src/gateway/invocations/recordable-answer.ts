import { type JsonValue, toJson } from '../../lib/json.ts';
import { recordableText } from '../../policy/record.ts';
import { redact } from '../../policy/redact.ts';
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

/**
 * How an execution ends that the source has answered, and what is handed on of its answer. Total: what was done does not become
 * undone because nobody can show it.
 */
export function recordableAnswer(said: SourceAnswer, secrets: readonly string[]): RecordableAnswer {
  const { shown, recorded, ...handedOn } = shownOf(said.answer, secrets);
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
function shownOf(answer: unknown, secrets: readonly string[]): Shown {
  try {
    const shown = redact(toJson(answer), secrets);
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
