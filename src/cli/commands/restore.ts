import { gatewayConfig } from '../../config/gateway.ts';
import { command, reply } from '../command.ts';
import { withProgress } from '../progress.ts';

export const restore = command({
  example: 'assent restore ~/backups/assent.db',
  more: `For a data folder on which no gateway runs. The key is read from FILE.key, else from ASSENT_SECRET_KEY or the folder's own, and
must open what is sealed in the backup.`,
  args: { file: { about: 'a file that `assent backup` made' } },
  flags: {
    'data-dir': { type: 'text', value: 'DIR', about: 'the data folder to restore to ($ASSENT_HOME/data)' },
    force: {
      type: 'switch',
      about: 'replace the database and the key that are there, which are kept beside',
    },
  },
  async run({ args, flags }) {
    const config = gatewayConfig({ dataDir: flags['data-dir'] }, process.env);
    const { restore } = await import('../../main/restore.ts');
    const restored = await withProgress('restoring', (progress) =>
      restore(config, args.file, { force: flags.force, progress }),
    );
    return reply(restored, ({ database, replaced, replacedKey }) =>
      [
        `Restored to ${database}.`,
        ...(replaced === null ? [] : [`The database that was there: ${replaced}`]),
        ...(replacedKey === null ? [] : [`The key that was there: ${replacedKey}`]),
        'Start the gateway with `assent up`.',
      ].join('\n'),
    );
  },
});
