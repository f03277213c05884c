import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PackError } from './errors.ts';
import { extractRecipe } from './recipe.ts';

const fence = '```';

function scriptOf(text: string): string {
  return extractRecipe(text).script;
}

function refuses(text: string, message: string): void {
  assert.throws(
    () => extractRecipe(text),
    (error) => error instanceof PackError && error.code === 'bad_recipe' && error.message === message,
    text,
  );
}

test('the first action-pack block runs, and nothing else', () => {
  const text = `# Restore\n\n${fence}bash\nrm -rf /\n${fence}\n\n${fence}action-pack\nexec one\n${fence}\n\n${fence}action-pack\nexec two\n${fence}\n`;
  assert.deepEqual(extractRecipe(text), { script: 'exec one\n', firstLine: 8, frontMatter: {} });
});

const asCommonMarkSays: Record<string, [text: string, script: string | undefined]> = {
  'a longer fence holds a shorter one': [
    `${fence}\`\naction\n${fence}action-pack\nexec no\n${fence}\n${fence}\`\n`,
    undefined,
  ],
  'a longer fence is ours': [
    `\`\`\`\`action-pack\nexec a\n${fence}\nexec b\n\`\`\`\`\n`,
    `exec a\n${fence}\nexec b\n`,
  ],
  tildes: ['~~~action-pack\nexec a\n```\nexec b\n~~~\n', 'exec a\n```\nexec b\n'],
  'an indented fence loses its indentation': [
    `   ${fence}action-pack\n   exec a\n     exec b\n   ${fence}\n`,
    'exec a\n  exec b\n',
  ],
  'four blanks make it no fence': [`    ${fence}action-pack\n    exec a\n    ${fence}\n`, undefined],
  'in a list': [`- do\n\n  ${fence}action-pack\n  exec a\n  ${fence}\n`, 'exec a\n'],
  'in a quotation': [`> ${fence}action-pack\n> exec a\n> ${fence}\n\nexec b\n`, 'exec a\n'],
  'a quotation ends with its last line': [`> ${fence}action-pack\n> exec a\nexec b\n`, 'exec a\n'],
  'in an HTML comment it is no block': [`<!--\n${fence}action-pack\nexec a\n${fence}\n-->\n`, undefined],
  'not closed: to the end': [`${fence}action-pack\nexec a`, 'exec a'],
  'blanks around the info string': [`${fence}  action-pack \t\nexec a\n${fence}\n`, 'exec a\n'],
  'more words in the info string': [`${fence}action-pack strict\nexec a\n${fence}\n`, undefined],
  'another case': [`${fence}Action-Pack\nexec a\n${fence}\n`, undefined],
  'carriage returns': [`${fence}action-pack\r\nexec a\r\n${fence}\r\n`, 'exec a\n'],
  'a code span': [`${fence}action-pack exec a ${fence}\n`, undefined],
};

for (const [name, [text, script]] of Object.entries(asCommonMarkSays)) {
  test(`as CommonMark says: ${name}`, () => {
    if (script === undefined) refuses(text, 'recipe has no action-pack block');
    else assert.equal(scriptOf(text), script);
  });
}

test('front matter describes the recipe, and lines keep their numbers', () => {
  const text = `---\ntitle: Restore\ntags: [zed, claude]\nrisk: write\nreceiver: testmac\ninputs: { session: id }\nlayout: post\n---\n\n${fence}action-pack\nexec a\n${fence}\n`;
  assert.deepEqual(extractRecipe(text), {
    script: 'exec a\n',
    firstLine: 11,
    frontMatter: {
      title: 'Restore',
      tags: ['zed', 'claude'],
      risk: 'write',
      receiver: 'testmac',
      inputs: { session: 'id' },
    },
  });
});

test('a block in the front matter does not run', () => {
  const inYaml = `---\ndescription: |\n  ${fence}action-pack\n  exec a\n  ${fence}\n---\n`;
  refuses(inYaml, 'recipe has no action-pack block');
});

test('front matter that is none is refused', () => {
  const block = `${fence}action-pack\nexec a\n${fence}\n`;
  refuses(`---\nrisk: harmless\n---\n${block}`, 'recipe front matter: risk must be read, write or danger');
  refuses(`---\ntags: zed\n---\n${block}`, 'recipe front matter: tags must be a list of texts');
  refuses(`---\n- a\n---\n${block}`, 'recipe front matter: it is not a table of fields');
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n`;
  refuses(`---\n${bomb}---\n${block}`, 'recipe front matter: it refers to itself too often');
});

test('a text of over 1 MiB is refused unread', () => {
  refuses('x'.repeat(1024 * 1024 + 1), 'recipe is larger than 1 MiB');
});
