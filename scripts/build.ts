// Builds dist/: the command line as small files that load fast, and the gateway in its own, loaded by `assent up` alone.
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
// It is our own package.json.
const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  dependencies: Record<string, string>;
};

/** What the command line itself uses is built in: looking a package up on disk costs more than running it. */
const builtIn: ReadonlySet<string> = new Set(['fastest-levenshtein']);

/**
 * An `import` of one of Node's modules reads every one of its exports, also those that load something big when read: 22 ms
 * for node:http (which has undici behind one), 6 ms for node:util, of the 25 ms that a whole process takes. Asked for like
 * this, only what is used is read.
 */
const nodeModules: Plugin = {
  name: 'node modules without their facade',
  setup({ onResolve, onLoad }) {
    // What is imported lazily stays as it is: it would lose its named exports.
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : { path, namespace: 'node' },
    );
    onLoad({ filter: /.*/, namespace: 'node' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }));
  },
};

rmSync(dist, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/index.ts' },
  outdir: dist,
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minifyWhitespace: true,
  sourcemap: 'external',
  define: { ASSENT_VERSION: JSON.stringify(version) },
  external: Object.keys(dependencies).filter((name) => !builtIn.has(name)),
  plugins: [nodeModules],
  logLevel: 'warning',
});
chmodSync(join(dist, 'cli.js'), 0o755);
