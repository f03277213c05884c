// Builds the page into dist/web: index.html, and files under assets/ whose names change with what they hold, each beside its
// compressed forms. Says what the first view weighs, and fails where that is more than it may.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/** Bytes, gzipped: what a browser loads before the inbox shows. */
const mostFirstView = 200_000;
/** Scripts of pages that the gateway writes by hand: those name them, so that their names stay. */
const scripts = ['passkey', 'arrival', 'page-secret'] as const;
/** A file that is smaller gains nothing. Bytes. */
const leastCompressed = 1024;

const root = join(import.meta.dirname, '..');
const web = join(root, 'dist', 'web');
const assets = join(web, 'assets');

await build({
  configFile: false,
  root: join(root, 'web'),
  plugins: [react(), tailwind()],
  logLevel: 'warn',
  build: {
    outDir: web,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // What the first view may weigh is checked below, as it travels.
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
    target: 'es2024',
    rolldownOptions: {
      input: { page: join(root, 'web/index.html'), ...Object.fromEntries(scripts.map(entryOf)) },
      output: {
        entryFileNames: ({ name }) =>
          `assets/${scripts.some((one) => one === name) ? '[name]' : '[name]-[hash]'}.js`,
      },
    },
  },
});

const compressible = readdirSync(assets).filter((name) => /\.(?:js|css|svg)$/.test(name));
for (const name of compressible) compress(join(assets, name));
weighFirstView();

function entryOf(name: string): [name: string, path: string] {
  return [name, join(root, 'web/login', `${name}.ts`)];
}

function compress(path: string): void {
  const content = readFileSync(path);
  if (content.length < leastCompressed) return;
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
}

/** The document, and what it names: its scripts with all that they import, and its style sheet. */
function weighFirstView(): void {
  const document = readFileSync(join(web, 'index.html'), 'utf8');
  const named = [...document.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)].map(([, name = '']) => name);
  const weights = named.map((name) => gzipSync(readFileSync(join(assets, name)), { level: 9 }).length);
  const total = weights.reduce((sum, one) => sum + one, gzipSync(document).length);
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
  process.stderr.write(
    `build: the page's first view is ${kilobytes(total)} kB gzipped, of ${mostFirstView / 1000} kB\n`,
  );
  if (total <= mostFirstView) return;
  for (const [index, name] of named.entries())
    process.stderr.write(`build: ${kilobytes(weights[index] ?? 0)} kB ${name}\n`);
  process.exit(1);
}
