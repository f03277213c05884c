import { gatewayConfig } from '../../config/gateway.ts';
import { command, reply } from '../command.ts';
import { withProgress } from '../progress.ts';

export const backup = command({
  example: 'assent backup ~/backups/assent.db',
  more: `The copy is one file, of one moment, that has been looked through. Its key is written beside it as FILE.key, unless the
gateway has it from ASSENT_SECRET_KEY. Whoever has both can open the secrets: keep them apart. \`assent restore\` takes them back.`,
  args: { file: { about: 'where the copy is to be' } },
  flags: {
    'data-dir': { type: 'text', value: 'DIR', about: 'the data folder of the gateway ($ASSENT_HOME/data)' },
    force: { type: 'switch', about: 'replace a file that is there' },
  },
  async run({ args, flags }) {
    const config = gatewayConfig({ dataDir: flags['data-dir'] }, process.env);
    const { backup } = await import('../../main/backup.ts');
    const made = await withProgress('copying', (progress) =>
      backup(config, args.file, { force: flags.force, progress }),
    );
    const keyNote =
      'The key is not in a file of the data folder, and is not copied: keep the value of ASSENT_SECRET_KEY, which is needed to restore.';
    return reply(
      made,
      ({ file, keyFile, bytes }) =>
        [`Copied to ${file} (${bytes} bytes).`, ...(keyFile === null ? [] : [`Its key: ${keyFile}`])].join(
          '\n',
        ),
      made.keyFile === null ? keyNote : undefined,
    );
  },
});
