import { parseDocument } from 'yaml';
import { messageOf } from '../lib/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, toJson } from '../lib/json.ts';
import { PackError } from './errors.ts';

export type RecipeRisk = 'read' | 'write' | 'danger';

/** How a recipe describes itself in a catalog. Every field may be missing, and fields of other tools do not count. */
export interface FrontMatter {
  readonly title?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly risk?: RecipeRisk;
  /** The name of the receiver that it is meant for. */
  readonly receiver?: string;
  /** What it asks for, by name. */
  readonly inputs?: JsonObject;
}

/**
 * Characters of a recipe's front matter: what the parser does with more takes a time that grows with its
 * square.
 */
const mostCharacters = 16 * 1024;
/** Times that a value of a recipe's front matter may be repeated by aliases. */
const maxAliases = 10;

/** What each field must be, and whether a value is that. */
const fields: Readonly<Record<keyof FrontMatter, [string, (value: JsonValue) => boolean]>> = {
  title: ['a text', isText],
  description: ['a text', isText],
  tags: ['a list of texts', (value) => Array.isArray(value) && value.every(isText)],
  risk: ['read, write or danger', (value) => value === 'read' || value === 'write' || value === 'danger'],
  receiver: ['a text', isText],
  inputs: ['a table of names', isJsonObject],
};

/**
 * Parts a document from the YAML between two lines of `---` at its start. The body keeps its line numbers: the front matter
 * is blank in it. Throws `bad_recipe` where it is no YAML, or a field is not what it must be.
 */
export function splitFrontMatter(text: string): { readonly frontMatter: FrontMatter; readonly body: string } {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const end = isFence(lines[0]) ? lines.findIndex((line, at) => at > 0 && isFence(line)) : -1;
  if (end === -1) return { frontMatter: {}, body: lines.join('\n') };
  const body = [...Array<string>(end + 1).fill(''), ...lines.slice(end + 1)].join('\n');
  return { frontMatter: parseFrontMatter(lines.slice(1, end).join('\n')), body };
}

function isFence(line: string | undefined): boolean {
  return line?.trimEnd() === '---';
}

function parseFrontMatter(yaml: string): FrontMatter {
  if (yaml.length > mostCharacters) return refuse('it is longer than 16,384 characters');
  const value = plainValue(yaml);
  if (value === null) return {};
  if (!isJsonObject(value)) return refuse('it is not a table of fields');
  const entries = Object.entries(fields).flatMap(([name, [what, is]]) => {
    const field = Object.hasOwn(value, name) ? value[name] : undefined;
    if (field === undefined || field === null) return [];
    return is(field) ? [[name, field]] : refuse(`${name} must be ${what}`);
  });
  // Each field has just been checked against the table.
  return Object.fromEntries(entries) as FrontMatter;
}

function plainValue(yaml: string): JsonValue {
  const document = parseDocument(yaml, { logLevel: 'silent', prettyErrors: false, stringKeys: true });
  if (document.errors.length > 0) return refuse(document.errors[0]?.message ?? 'it is not YAML');
  try {
    // Aliases can make a small text into a value that fills the memory.
    return toJson(document.toJS({ maxAliasCount: maxAliases }));
  } catch (error) {
    const why = messageOf(error);
    return refuse(why.startsWith('Unresolved alias') ? why : 'it refers to itself too often');
  }
}

function isText(value: JsonValue): boolean {
  return typeof value === 'string';
}

function refuse(why: string): never {
  throw new PackError('bad_recipe', `recipe front matter: ${why}`);
}
