// Builds dist/ in files that each load the next only when it is needed: cli.js turns the compile cache on, main.js is the
// command line, gateway.js what `assent up` runs, backup.js and restore.js what the commands of these names run, receiver.js what
// `assent receiver` runs, recipe.js what reads markdown; check-worker.js runs in a thread of the gateway's.
// The page goes to dist/web. Two stand alone: pack.js is the library, and assent-receiver.mjs is copied to machines that have only Node.
import { execFileSync } from 'node:child_process';
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

/**
 * Where one file of dist/ ends and the next begins: what is imported, and as what it is built. What is bare loads no package: every
 * command would pay for it.
 */
const files: readonly { name: string; source: string; extension?: string; isBare?: boolean }[] = [
  { name: 'cli', source: 'src/cli/index.ts', isBare: true },
  { name: 'main', source: 'src/cli/main.ts', isBare: true },
  { name: 'gateway', source: 'src/main/up.ts' },
  { name: 'backup', source: 'src/main/backup.ts' },
  { name: 'restore', source: 'src/main/restore.ts' },
  { name: 'check-worker', source: 'src/sources/mcp/check-worker.ts' },
  { name: 'receiver', source: 'src/main/receiver.ts' },
  { name: 'recipe', source: 'src/pack/recipe.ts' },
  { name: 'pack', source: 'src/pack/index.ts' },
  { name: 'assent-receiver', source: 'src/main/assent-receiver.ts', extension: '.mjs' },
];

const boundaries: Plugin = {
  name: 'one file of dist for each entry',
  setup(builder) {
    builder.onResolve(
      { filter: /^\..*\/(main|up|backup|restore|receiver|recipe)\.ts$/ },
      async ({ path, kind, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === boundaries) return undefined;
        const resolved = await builder.resolve(path, { kind, resolveDir, pluginData: boundaries });
        const file = files.find(({ source }) => join(root, source) === resolved.path);
        return file && { path: `./${file.name}.js`, external: true };
      },
    );
  },
};

/**
 * An `import` of one of Node's modules reads every one of its exports, also those that load something big when read: 22 ms
 * for node:http (which has undici behind one), 6 ms for node:util, where a whole process takes 25. Asked for like this,
 * only what is used is read. What is imported lazily stays as it is: it would lose its named exports.
 */
const nodeModules: Plugin = {
  name: 'node modules without their facade',
  setup(builder) {
    builder.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : { path, namespace: 'node' },
    );
    builder.onLoad({ filter: /.*/, namespace: 'node' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }));
  },
};

/** What the command line itself uses is built in: looking a package up on disk costs more than running it. */
const builtIn: ReadonlySet<string> = new Set(['fastest-levenshtein']);

rmSync(dist, { recursive: true, force: true });
for (const { name, source, extension = '.js', isBare = false } of files) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { [name]: source },
    outdir: dist,
    outExtension: { '.js': extension },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minifyWhitespace: true,
    sourcemap: 'external',
    metafile: true,
    define: { ASSENT_VERSION: JSON.stringify(version) },
    external: Object.keys(dependencies).filter((one) => !builtIn.has(one)),
    plugins: [boundaries, nodeModules],
    logLevel: 'warning',
  });
  const packages = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ path, kind }) => kind === 'import-statement' && !/^(?:\.|node:)/.test(path));
  if (isBare && packages.length > 0)
    throw new Error(
      `${name}.js would load ${packages.map(({ path }) => path).join(', ')}: give what imports it a file of its own here`,
    );
}
const declarations = ['--declaration', '--emitDeclarationOnly', '--rewriteRelativeImportExtensions'];
const language = [
  '--module',
  'nodenext',
  '--target',
  'es2024',
  '--strict',
  '--types',
  'node',
  '--ignoreConfig',
];
const where = ['--rootDir', join(root, 'src'), '--outDir', join(dist, 'types')];
execFileSync(
  join(root, 'node_modules/.bin/tsc'),
  [join(root, 'src/pack/index.ts'), ...declarations, ...language, ...where],
  { stdio: 'inherit' },
);
for (const command of ['cli.js', 'assent-receiver.mjs']) chmodSync(join(dist, command), 0o755);
await import('./build-web.ts');
