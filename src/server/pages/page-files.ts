import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import { z } from 'zod';
import type { Pages } from '../context.ts';

const config = { access: 'public' } as const;
const schema = { hide: true, params: z.object({ name: z.string() }) };

/**
 * The page's scripts, styles and pictures: those that are there at the start, each by its whole name, and no other file. A
 * compressed form goes out where the browser takes it, and has no name of its own.
 */
export const pageFiles: Pages = async (app, { webRoot }) => {
  const root = join(webRoot, 'assets');
  const names: ReadonlySet<string> = new Set(readdirSync(root).filter((name) => !/\.(?:br|gz)$/.test(name)));
  await app.register(staticFiles, {
    root,
    serve: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
  });

  app.get('/assets/:name', { config, schema }, async (request, reply) => {
    const { name } = request.params;
    if (!names.has(name)) return reply.callNotFound();
    return reply.header('cache-control', cacheControl(name)).sendFile(name);
  });
};

/** A name with a hash in it changes with what the file holds. */
function cacheControl(name: string): string {
  return /-[\w-]{8}\.\w+$/.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache';
}
