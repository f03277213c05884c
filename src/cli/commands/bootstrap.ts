import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../../lib/errors.ts';
import { makeFolder } from '../../lib/private-file.ts';
import { command, reply } from '../command.ts';
import { Failure, usage } from '../exit.ts';
import { guideText } from '../guide-text.ts';

export const bootstrap = command({
  example: 'assent bootstrap /workspace',
  more: 'Writes .assent/actions-guide.md, which tells an agent how to act through Assent. It holds no token. An earlier one is replaced.',
  args: { dir: { about: 'the folder; this one, if it is left out', optional: true } },
  async run({ args }) {
    const folder = args.dir ?? '.';
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw usage(`There is no folder ${folder}.`);
    const path = join(folder, '.assent', 'actions-guide.md');
    const replaced = existsSync(path);
    write(path);
    return reply({ path, replaced }, (shown) => `${replaced ? 'Replaced' : 'Wrote'} ${shown.path}.`);
  },
});

function write(path: string): void {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, guideText);
  } catch (cause) {
    throw new Failure('unwritable', `${path} cannot be written: ${messageOf(cause)}.`, { cause });
  }
}
