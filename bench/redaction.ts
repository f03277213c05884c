// What redaction costs beside reading and writing the same answer as JSON, in the same rounds of one process: microseconds of
// each, how many times the second the first is, and the longest step, in which nothing else runs. An answer is a list of records, as an API gives it, or the same list as one
// text, as an MCP server hands it on.
import type { JsonValue } from '../src/lib/json.ts';
import { redact, redactInSteps } from '../src/policy/redact.ts';
import { bounded } from './support/bounded.ts';
import { median, sized } from './support/rounds.ts';

/** A credential of the source, looked for in every form. */
const secrets = ['Zq3-qfzWw6SAduzvE_VHa3'];

/** Bytes of JSON, and how often it is redacted. */
const sizes: Readonly<Record<string, { readonly bytes: number; readonly rounds: number }>> = {
  '2 kB': { bytes: 2_000, rounds: sized(3000, 3) },
  '64 kB': { bytes: 64_000, rounds: sized(200, 2) },
  '1 MiB': { bytes: 1_048_576, rounds: sized(30, 1) },
};

await bounded(async (bench) => {
  console.log(
    'microseconds, medians: redaction, JSON.parse and JSON.stringify, the ratio, and the longest step',
  );
  for (const [size, { bytes, rounds }] of Object.entries(sizes)) {
    const records = recordsOf(bytes);
    const forms = { 'a list of records': records, 'one text': [JSON.stringify(records, null, 2)] };
    for (const [form, value] of Object.entries(forms)) {
      bench.step(`${form} of ${size}`);
      measure(`${size}, ${form}`, value, rounds);
    }
  }
});

/** Interleaved, so that the machine's moods reach both alike. The first third compiles the code. */
function measure(name: string, value: JsonValue, rounds: number): void {
  const json = JSON.stringify(value);
  const ours: number[] = [];
  const floor: number[] = [];
  const longest: number[] = [];
  for (let round = -Math.ceil(rounds / 3); round < rounds; round++) {
    const redaction = timed(() => redact(value, secrets));
    const reading = timed(() => JSON.stringify(JSON.parse(json)));
    const step = longestStep(value);
    if (round >= 0) {
      longest.push(step);
      ours.push(redaction);
      floor.push(reading);
    }
  }
  const [a, b] = [median(ours), median(floor)];
  const figures = [a.toFixed(0), b.toFixed(0), (a / b).toFixed(1), median(longest).toFixed(0)];
  console.log(`  ${name.padEnd(28)} ${figures.map((figure) => figure.padStart(8)).join(' ')}`);
}

function longestStep(value: JsonValue): number {
  const steps = redactInSteps(value, secrets);
  let longest = 0;
  for (;;) {
    const began = performance.now();
    const { done } = steps.next();
    longest = Math.max(longest, (performance.now() - began) * 1000);
    if (done === true) return longest;
  }
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return (performance.now() - began) * 1000;
}

/** Records of about so many bytes of JSON together: issues with their people, links and texts; one in ten tells a secret. */
function recordsOf(bytes: number): JsonValue[] {
  const records: JsonValue[] = [];
  for (let left = bytes; left > 0; left -= JSON.stringify(records.at(-1)).length)
    records.push(record(records.length));
  return records;
}

function record(number: number): JsonValue {
  const id = (0x9e3779b1 * (number + 1)).toString(16).slice(0, 12).padStart(12, '0');
  return {
    id: `5b1f4c9e-0d2a-4f6b-8c3d-${id}`,
    identifier: `OPS-${number}`,
    title: 'The deploy of the checkout service times out in the second region',
    url: `https://tracker.example.com/ops/issue/OPS-${number}?view=list&page=${number % 9}`,
    state: { id: number % 5, name: 'In progress', type: 'started' },
    assignee: { name: 'Anna Example', email: 'anna@example.com', active: true },
    labels: ['infra', 'bug', 'customer: acme'],
    description: [
      '## What happens',
      'Since the update of the load balancer, one request in twenty fails with `504`: the token of the session is there, and the',
      'upstream never answers. Look at https://status.example.com/incidents/42 and at the log:',
      '```',
      `2026-03-02T10:14:${String(number % 60).padStart(2, '0')}Z WARN upstream=10.1.4.7:8443 status=504 took=30001ms retries=3`,
      ...(number % 10 === 3 ? ['DB_PASSWORD=correct-horse-7', `x-api-key: ${secrets[0]}`] : []),
      '```',
    ].join('\n'),
    estimate: number % 8,
    createdAt: '2026-03-02T10:14:03.221Z',
    archivedAt: null,
    nextPageToken: null,
  };
}
