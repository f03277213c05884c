import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expandHome } from './expand-home.ts';

const cases: readonly [text: string, expanded: string][] = [
  ['', ''],
  ['~', '/home/me'],
  ['~/', '/home/me/'],
  ['~/a', '/home/me/a'],
  ['~me', '~me'],
  ['~root/a', '~root/a'],
  ['a~', 'a~'],
  ['/~/a', '/~/a'],
  ['--in=~/a', '--in=~/a'],
  ['~~/a', '~~/a'],
  ['~\n/a', '~\n/a'],
  ['$HOME', '/home/me'],
  ['$HOME/a', '/home/me/a'],
  ['${HOME}', '/home/me'],
  ['${HOME}a', '/home/mea'],
  ['--in=$HOME/a:${HOME}/b', '--in=/home/me/a:/home/me/b'],
  ['$HOME$HOME', '/home/me/home/me'],
  ['$HOME-x', '/home/me-x'],
  ['~/$HOME', '/home/me//home/me'],
  ['$HOMEBREW', '$HOMEBREW'],
  ['$HOME_DIR', '$HOME_DIR'],
  ['$HOME2', '$HOME2'],
  ['${HOMEBREW}', '${HOMEBREW}'],
  ['${HOME', '${HOME'],
  ['$home', '$home'],
  ['$USER', '$USER'],
  ['HOME', 'HOME'],
];

for (const [text, expanded] of cases)
  test(`${JSON.stringify(text)} is ${JSON.stringify(expanded)}`, () =>
    assert.equal(expandHome(text, '/home/me'), expanded));

test('what a home is called is not expanded again', () => {
  for (const home of ['/home/$HOME', '/home/${HOME}', '/home/$&', "/home/$'$`", '/home/~'])
    for (const text of ['~', '$HOME', '${HOME}']) assert.equal(expandHome(text, home), home);
  assert.equal(expandHome('~/a', '/home/$HOME'), '/home/$HOME/a');
});
