/** What to do about each refusal. The beginning of the receiver's words, and ours. Source: the seeds' troubleshooting tables. */
const advice: readonly (readonly [begins: string, toDo: string])[] = [
  [
    'policy missing for key_id',
    'On the receiver, add a line for this key to action_pack.policy, then send it SIGHUP.',
  ],
  [
    'unknown key_id',
    'On the receiver, add the key: assent action-pack receiver enable --trust ID PUBLIC_KEY.',
  ],
  [
    'signature invalid',
    'The receiver knows another key by this id. Compare with: assent action-pack export-pub.',
  ],
  ['created_ms in future', 'The clocks of the two machines differ by more than 30 s.'],
  ['pack expired', 'Send sooner, pack with a longer --ttl-ms, or use send --renew; or the clocks differ.'],
  ['pack lives longer', 'The policy of this key limits --ttl-ms.'],
  ['replay', 'A pack runs once. Use send --renew, or pack again.'],
  ['replay store unavailable', 'The receiver cannot write its memory: is its disk full?'],
  ['read_failed', 'The request was too large or too slow (max_request, io_timeout_ms).'],
  [
    'cmd_not_allowed',
    'The policy does not list this command. `assent action-pack check` tells the line that would.',
  ],
  ['cwd_outside_root', 'The working directory lies outside the root of the receiver.'],
  [
    'cmd_outside_root',
    'The command lies outside the root of the receiver, or is a link that leads out of it.',
  ],
  ['bad_cwd', 'There is no such working directory on the receiver.'],
  ['bad_cmd_path', 'There is no such file on the receiver.'],
  ['executable writes forbidden', 'The policy of this key lacks allow_exec_writes=1.'],
  ['bad parent dir', 'The folder to write to is not there, or lies outside the root of the receiver.'],
];

/** What to do about a refusal; `undefined` where its own words say it all. */
export function adviceFor(reason: string): string | undefined {
  const longestFirst = advice.toSorted(([a], [b]) => b.length - a.length);
  return longestFirst.find(([begins]) => reason.startsWith(begins))?.[1];
}
