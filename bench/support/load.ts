// A load generator of its own process: `callers` connections, each sending the next request when the last is answered.
// Prints one JSON document: answers a second, and milliseconds at the 50th and 99th percentile.
import http from 'node:http';

export interface LoadOptions {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly callers: number;
  readonly requests: number;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

if (process.argv[1] === import.meta.filename) {
  const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions;
  await run({ ...options, requests: Math.min(2000, options.requests) });
  process.stdout.write(JSON.stringify(await run(options)));
}

async function run(options: LoadOptions): Promise<LoadResult> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: options.callers });
  const durations: number[] = [];
  let left = options.requests;
  const began = performance.now();
  const caller = async () => {
    while (left-- > 0) durations.push(await once(options, agent));
  };
  await Promise.all(Array.from({ length: options.callers }, caller));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { perSecond: durations.length / seconds, p50: at(0.5), p99: at(0.99) };
}

function once({ url, method, headers, body }: LoadOptions, agent: http.Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const request = http.request(url, { method, headers, agent }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - began);
        else reject(new Error(`${method} ${url} answered ${response.statusCode}`));
      });
    });
    request.once('error', reject);
    request.end(body);
  });
}
