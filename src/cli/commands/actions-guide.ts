import { callName } from '../../shared/action-names.ts';
import { readCatalog } from '../catalog.ts';
import { at } from '../client.ts';
import { command, reply } from '../command.ts';
import { Failure } from '../exit.ts';
import { type Agent, asAgent } from '../who.ts';

interface Guide {
  readonly sourceId: string;
  readonly guide: string;
}

export const guide = command({
  example: 'assent actions guide linear',
  args: { source: { about: 'its id, or the name that `assent actions list` shows before the colon' } },
  async run({ args }) {
    return reply(await guideOf(asAgent(), args.source), (shown) => shown.guide.trimEnd());
  },
});

/** By its id; a name is looked up only where there is no such id. */
async function guideOf(agent: Agent, called: string): Promise<Guide> {
  try {
    return await readGuide(agent, called);
  } catch (error) {
    if (!(error instanceof Failure) || (error.code !== 'not_found' && error.code !== 'unknown_action'))
      throw error;
    const { sources } = await readCatalog(agent);
    const named = sources.filter(
      (source) => callName(source, sources) === called || source.displayName === called,
    );
    const [source, ...others] = named;
    if (source !== undefined && others.length === 0) return readGuide(agent, source.id);
    const names = sources.map((one) => callName(one, sources)).join(', ') || 'none';
    throw new Failure('not_found', `There is no source "${called}" for this session. There are: ${names}.`, {
      cause: error,
    });
  }
}

function readGuide({ client, actions }: Agent, sourceId: string): Promise<Guide> {
  return client.get<Guide>(actions + at`/guide/${sourceId}`);
}
