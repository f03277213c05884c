import { type JsonValue, toJson } from '../../lib/json.ts';
import { recordableText } from '../../policy/record.ts';
import { redact } from '../../policy/redact.ts';
import { truncate } from '../../policy/truncate.ts';
import { type SourceAnswer, withheld } from '../../sources/action-source.ts';
import type { Ending } from '../../store/transitions.ts';

/** What the answer to an invoke carries of a result at the most, where the row keeps 10 KiB. */
const answerBytes = 1024 * 1024;

const unshowable = 'The source answered, with something that cannot be redacted and is not shown.';
const unexplained = 'The source says that the action failed. Its result may say more.';

/**
 * How an execution ends that the source has answered, and what is handed on of its answer. Total: what was done does not become
 * undone because nobody can show it.
 */
export function recordableAnswer(
  said: SourceAnswer,
  secrets: readonly string[],
): { ending: Ending; result: JsonValue } {
  const { shown, kept, result } = shownOf(said.answer, secrets);
  if (!said.isError) return { ending: { status: 'completed', result: kept }, result };
  return { ending: { status: 'failed', error: reasonOf(said, shown, secrets), result: kept }, result };
}

interface Shown {
  readonly shown: JsonValue;
  /** The row's copy, as JSON. */
  readonly kept: string;
  readonly result: JsonValue;
}

/** The answer redacted, and cut for each of the two who get it; nothing of it where one of these steps fails. */
function shownOf(answer: unknown, secrets: readonly string[]): Shown {
  try {
    const shown = redact(toJson(answer), secrets);
    return { shown, kept: JSON.stringify(truncate(shown)), result: truncate(shown, answerBytes) };
  } catch {
    const shown = { ...withheld(unshowable) };
    return { shown, kept: JSON.stringify(shown), result: shown };
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
