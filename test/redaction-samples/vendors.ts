// Credentials of vendors in the places where they turn up: alone, in a line of a log, and beside their variable.
import type { Random } from './random.ts';
import { type Sample, textSample } from './sample.ts';
import { type Credential, credentials } from './vendor-formats.ts';

/** Where a credential with a shape stands: the shape has to be told without a name that gives it away. */
const aroundShapes: Record<string, readonly string[]> = {
  alone: ['§', 'Please rotate § before Friday.', '(§)', 'It logged "§", twice.'],
  log: ['2026-03-02T10:14:03Z WARN upstream refused § with 401', '[worker-2] retry 3/5 value=§ status=503'],
};

/** Where its variable stands beside it. */
const aroundNames: Record<string, readonly string[]> = {
  env: ['NODE_ENV=production\n¤=§\nPORT=8080\n', 'export ¤="§"\nLOG_LEVEL=info'],
  yaml: [
    'env:\n  REGION: eu-west-1\n  ¤: §\n',
    'env:\n  - name: ¤\n    value: "§"\n  - name: PORT\n    value: "8080"',
  ],
  header: ['GET /v1/items HTTP/1.1\nHost: api.example.com\nAuthorization: ⟦Bearer §⟧\nAccept: */*'],
  shell: ['export ¤=§ && make deploy', "docker run -e ¤='§' -p 8080:80 app:1.4.2"],
};

export function vendorSamples(random: Random, each: number): Sample[] {
  return Array.from({ length: each }, () => credentials.flatMap((one) => samplesOf(one, random))).flat();
}

function samplesOf({ vendor, variable, hasShape, pattern }: Credential, random: Random): Sample[] {
  const kind = hasShape ? 'shape' : 'vendor name';
  const within = (templates: Record<string, readonly string[]>): Sample[] =>
    Object.entries(templates).map(([where, texts]) => {
      const template = random.pick(texts).replaceAll('¤', variable);
      return textSample(`${kind}: ${where}`, vendor, template, random.fill(pattern));
    });
  const json = (value: (secret: string) => Sample['value'], where: string): Sample => {
    const secret = random.fill(pattern);
    return { group: `${kind}: ${where}`, label: vendor, value: value(secret), secret, span: secret };
  };
  const key = hasShape ? random.pick(['output', 'note', 'line', 'text']) : variable;
  return [
    ...(hasShape ? within(aroundShapes) : []),
    ...within(aroundNames).filter(({ group }) => hasShape || !group.endsWith('header')),
    json((secret) => ({ id: 4711, ok: true, [key]: secret, page: 2 }), 'json'),
    json((secret) => JSON.stringify({ id: 4711, items: [{ [key]: secret }], next: null }), 'json in a text'),
  ];
}

/** Blocks that say themselves what they hold; the body is secret, and the block may go whole. */
export function keyBlockSamples(random: Random, each: number): Sample[] {
  const kinds = [
    'RSA PRIVATE',
    'EC PRIVATE',
    'PRIVATE',
    'ENCRYPTED PRIVATE',
    'OPENSSH PRIVATE',
    'PGP PRIVATE',
  ];
  return Array.from({ length: each }, () => kinds.flatMap((kind) => blocksOf(kind, random))).flat();
}

function blocksOf(kind: string, random: Random): Sample[] {
  const label = `${kind} KEY${kind.startsWith('PGP') ? ' BLOCK' : ''}`;
  const body = Array.from({ length: 12 }, () => random.fill('{b64:64}')).join('\n');
  const block = [`-----BEGIN ${label}-----`, body, `-----END ${label}-----`].join('\n');
  const inText = (group: string, before: string, after: string): Sample =>
    ({ group, label, value: before + block + after, secret: body, span: block }) satisfies Sample;
  const indented = block.replaceAll('\n', '\n    ');
  const secret = body.replaceAll('\n', '\n    ');
  return [
    inText('shape: alone', '', ''),
    inText('shape: log', 'wrote key file:\n', '\ndone in 12 ms'),
    {
      group: 'shape: yaml',
      label,
      value: `tls:\n  key: |\n    ${indented}\n  port: 443\n`,
      secret,
      span: indented,
    },
    {
      group: 'shape: json',
      label,
      value: { file: 'id_main', content: block, bytes: 812 },
      secret: body,
      span: block,
    },
  ];
}
