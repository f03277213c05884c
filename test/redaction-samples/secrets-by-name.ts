// Secrets that nothing but the name beside them gives away, in the syntaxes in which results, params and errors hold them.
// In a template, § is the secret, ⟦…⟧ is around what may be hidden with it, and the names below stand for one of `names` in
// the spelling that they show.
import type { JsonValue } from '../../src/lib/json.ts';
import { jsonForms } from './json-forms.ts';
import { capital, type Random } from './random.ts';
import { type Sample, textSample } from './sample.ts';
import { toolTemplates } from './tool-templates.ts';

const names = [
  'db password,admin password,mysql root password,smtp pass,user pwd,service password,keystore password,passwd',
  'api key,api token,api secret,client secret,consumer secret,secret key,secret key base,signing secret',
  'access token,refresh token,auth token,bot token,deploy token,session secret,webhook secret,jwt secret',
  'private key,encryption key,master key,shared access key,ssh passphrase,totp secret',
].flatMap((line) => line.split(','));

/** What people and generators take for a secret, for each place that it has to fit into. */
const values: Record<string, readonly string[]> = {
  /** Fits in without quotes, also in a URL and a command. */
  plain: ['{b62:24}', '{hex:32}', '{uuid}', '{Word}{word}{digits:3}', '{url:43}', '{b62:10}'],
  /** Needs quotes in most places. */
  quoted: [
    '{b62:24}',
    '{hex:40}',
    '{b64:43}=',
    '{Word}{digits:2}!',
    '{b62:5}!{b62:4}@{b62:3}%{digits:2}',
    '{word} {word} {word} {word}',
    '{b62:6},{b62:6};{b62:4}',
  ],
  base64: ['{base64:deploy:<b62:16>}', '{base64:anna:<word>-<word>-<digits:4>}'],
  keys: ['{b64:86}=='],
  hex: ['{hex:32}'],
  signature: ['{b62:43}%3D'],
};

interface Syntax {
  readonly values: keyof typeof values;
  readonly templates: readonly string[];
}

const syntaxes: Record<string, Syntax> = {
  env: {
    values: 'plain',
    templates: ['APP=web\n{NAME}=§\nPORT=8080\n', 'export {NAME}=§\n', '{NAME} = §', '{snake}=§\ntimeout=30'],
  },
  'env, quoted': {
    values: 'quoted',
    templates: ['APP="web"\n{NAME}="§"\nPORT=8080\n', "{NAME}='§' # set by ops", 'export {NAME}="§"'],
  },
  yaml: {
    values: 'plain',
    templates: [
      'database:\n  host: db.internal\n  {snake}: §\n  pool: 5\n',
      '{camel}: §\nreplicas: 3',
      'services:\n  web:\n    image: app:2.1\n    environment:\n      - {NAME}=§\n      - TZ=UTC\n',
      'env:\n- name: {NAME}\n  value: §\n- name: TZ\n  value: UTC\n',
    ],
  },
  'yaml, quoted': {
    values: 'quoted',
    templates: [
      'spring:\n  datasource:\n    {dashed}: "§"\n    username: app\n',
      "{snake}: '§'\nport: 5432",
      'environment:\n  {NAME}: "§"\n  TZ: UTC\n',
      '{ host: db, {camel}: "§", port: 5432 }',
    ],
  },
  'ini, properties, toml': {
    values: 'plain',
    templates: [
      '[database]\nuser = app\n{snake} = §\ntimeout = 30\n',
      'app.{dotted}=§\napp.retries=3\n',
      'server.port: 8080\nserver.{dotted}: §\n',
    ],
  },
  'toml, tfvars': {
    values: 'quoted',
    templates: ['region = "eu-west-1"\n{snake} = "§"\ncount = 2\n', '[auth]\n{dashed} = "§"\nttl = 300'],
  },
  xml: {
    values: 'plain',
    templates: [
      '<config><host>db</host><{camel}>§</{camel}><port>5432</port></config>',
      '<appSettings><add key="{Pascal}" value="§" /><add key="Retries" value="3" /></appSettings>',
      '<dataSource user="app" {camel}="§" timeout="30"/>',
      '<property name="{dotted}">§</property>',
    ],
  },
  code: {
    values: 'quoted',
    templates: [
      "const {camel} = '§';\nconst retries = 3;",
      '  {camel}: "§",\n  retries: 3,',
      '{snake} = "§"\nretries = 3',
      '{camel} := "§"',
      'private static final String {NAME} = "§";',
      "define('{NAME}', '§');",
      "'{snake}' => '§', 'port' => 5432,",
      '$this->{camel} = "§";',
      "ENV['{NAME}'] = '§'",
      'let {snake}: &str = "§";',
      'val {camel}: String = "§"',
      'config :app, {snake}: "§", pool: 10',
      'process.env.{NAME} = "§";',
      'os.environ["{NAME}"] = "§"',
      '$env:{NAME} = "§"',
      'client = Client(host="db", {snake}="§", timeout=30)',
      'props.setProperty("{dotted}", "§");',
      'builder.set{Pascal}("§").build();',
    ],
  },
  ...toolTemplates,
};

const spellings: Record<string, (words: readonly string[]) => string> = {
  NAME: (words) => words.join('_').toUpperCase(),
  snake: (words) => words.join('_'),
  dashed: (words) => words.join('-'),
  dotted: (words) => words.join('.'),
  camel: (words) => words.map((word, index) => (index === 0 ? word : capital(word))).join(''),
  Pascal: (words) => words.map(capital).join(''),
};

/** `each` samples of every template. */
export function namedSamples(random: Random, each: number): Sample[] {
  return Array.from({ length: each }, () => [...texts(random), ...jsons(random), pin(random)]).flat();
}

function texts(random: Random): Sample[] {
  return Object.entries(syntaxes).flatMap(([syntax, { values: kind, templates }]) =>
    templates.map((template) =>
      textSample(`name: ${syntax}`, template, spelled(template, random), value(kind, random)),
    ),
  );
}

function jsons(random: Random): Sample[] {
  return Object.entries(jsonForms).map(([label, form]) => {
    const secret = value('quoted', random);
    const key = spelled(`{${random.pick(['NAME', 'snake', 'dashed', 'camel', 'Pascal'])}}`, random);
    const group = label.startsWith('text:') ? 'name: json in a text' : 'name: json';
    const formed: JsonValue = form(key, secret);
    return { group, label, value: formed, secret, span: secret };
  });
}

/** Four digits in a text are no number: that they are a secret, only the name says. */
function pin(random: Random): Sample {
  const secret = random.fill('{digits:4}');
  const value = { cardholder: 'A. Example', pin: secret, attempts: 0 };
  return { group: 'name: json', label: 'a pin', value, secret, span: secret };
}

function value(kind: keyof typeof values, random: Random): string {
  return random.fill(random.pick(values[kind] ?? []));
}

function spelled(template: string, random: Random): string {
  const words = random.pick(names).split(' ');
  return Object.entries(spellings).reduce(
    (text, [spelling, spell]) => text.replaceAll(`{${spelling}}`, () => spell(words)),
    template,
  );
}
