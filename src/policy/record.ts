import type { JsonValue } from '../lib/json.ts';
import { finish, type Steps } from '../lib/steps.ts';
import { redactInSteps, redactText } from './redact.ts';
import { TooMuchToRedact } from './secret-spans.ts';
import { truncate } from './truncate.ts';

/** UTF-16 units of a stored message. */
const longestText = 2_000;

/** What may be stored of a value: redacted first, so that no secret is cut into something unknown, then truncated (seed §5). */
export function recordable(value: JsonValue, secrets: readonly string[]): JsonValue {
  return finish(recordableInSteps(value, secrets));
}

/** The same in steps, for a value that may be large. */
export function* recordableInSteps(value: JsonValue, secrets: readonly string[]): Steps<JsonValue> {
  return truncate(yield* redactInSteps(value, secrets));
}

/** What may be stored of a message. Without NUL and halves of characters, which PostgreSQL's text cannot hold. */
export function recordableText(text: string, secrets: readonly string[]): string {
  const shown = shownText(text, secrets).toWellFormed().replaceAll('\0', '\ufffd');
  if (shown.length <= longestText) return shown;
  const head = shown.slice(0, longestText - 1);
  return `${head.isWellFormed() ? head : head.replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A message that costs too much is withheld, and says so. */
function shownText(text: string, secrets: readonly string[]): string {
  try {
    return redactText(text, secrets);
  } catch (error) {
    if (error instanceof TooMuchToRedact) return 'Not shown: it is too large to be searched for credentials.';
    throw error;
  }
}
