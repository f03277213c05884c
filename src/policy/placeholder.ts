import { isEmptyUrl } from './url-password.ts';

/** Access key ids of AWS's own documentation: of what it issues, one in 78,000 million ends so. */
const awsExample = /^A[KS]IA[A-Z0-9]{9}EXAMPLE$/;

/** Whether the issuer itself publishes it as an example. What anybody else makes up in the shape of a credential may be one. */
export function isPlaceholder(found: string): boolean {
  return awsExample.test(found);
}

/** What stands behind a name where no credential is: the whole of it, in any case. */
const noValue = [
  String.raw`<[^<>]*>`, // <your token>
  String.raw`\$\{.*\}|\$\(.*\)?|\$[A-Za-z_]+\d?|%\w+%|\{\{.*\}\}?|\{[\w.]*\}|\[[\w .-]*\]|#\{.*\}`, // ${VAR} and its like
  String.raw`@\w+`, // a parameter of SQL
  String.raw`(.)\1{2,}|[*•.…_-]+|… \d+ more`, // xxxx, ****, ...
  String.raw`(?:my|your|the|some|an?|example|sample|test|dummy|fake|replace|insert|enter|put|add)[ _-].*(?:here|token|key|secret|password|passwd|pass|value|credentials?|me|string)`,
  String.raw`change[ _-]?(?:me|this|it)?|replace[ _-]?(?:me|this|with.*)?|fill[ _-]?me|todo|tbd|fixme|placeholder|example|sample|dummy|fake|redacted|hidden|masked|removed|secret|password|passwd|pass|token|key|none|null|nil|n/?a|undefined|unset|empty|blank|default|true|false|yes|no|on|off|optional|required|string|str|text|number|integer|int|boolean|bool|bytes|object|any|unknown|missing|invalid|valid|expired|incorrect|wrong|bearer|basic|ok|set|unknown|disabled|enabled|prompt|stdin|env|read|write|not[ _-]a[ _-]real.*`,
  String.raw`(?:api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret|secret[_-]?key|private[_-]?key)`,
].join('|');
const wholly = new RegExp(`^(?:${noValue})$`, 'i');

/** Longer ones are values, whatever they look like. */
const longestPlaceholder = 80;

/** Whether the value of a secret name is none: empty, a variable, or what a reader is to replace, also in a URL. */
export function isNoValue(value: string): boolean {
  if (value.length > longestPlaceholder) return false;
  if (isEmptyUrl(value)) return true;
  return value.includes('[redacted') ? isHidden(value) : value.trim() === '' || wholly.test(value);
}

/** What stands for a value and cannot be one: nothing, a variable or an example in its brackets, and what was hidden or cut before. */
const stand = /^(?:\s*|<[^<>]*>|\$\{[\w.:-]*\}|\{\{[^{}]*\}\}|\*+|… \d+ more)$/;

/** Whether the value of a secret name may stay where everybody reads it: a weak password is one. */
export function isStandIn(value: string): boolean {
  return value.length <= longestPlaceholder && (isHidden(value) || stand.test(value));
}

function isHidden(value: string): boolean {
  return /^\W*(?:\w{1,12} )?(?:\[redacted\]?\W*)+$/.test(value);
}
