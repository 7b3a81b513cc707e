// Bundles the page into dist/page: one script, one style sheet and the editor's workers, so that it needs no other host.
import { build } from 'esbuild';
import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const outdir = join(here, '..', '..', '..', 'dist', 'page');

// The editor belongs to GraphiQL: take the copies that its own package would get.
const graphiql = createRequire(createRequire(import.meta.url).resolve('graphiql/package.json'));
const editor = createRequire(graphiql.resolve('@graphiql/react/package.json'));

const common = {
  outdir,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'eof',
  define: { 'process.env.NODE_ENV': '"production"' },
};

await mkdir(outdir, { recursive: true });
await Promise.all([
  build({
    ...common,
    entryPoints: { page: join(here, 'page.jsx') },
    jsx: 'automatic',
    loader: { '.ttf': 'file', '.woff2': 'file', '.woff': 'file', '.svg': 'dataurl' },
    assetNames: '[name]-[hash]',
  }),
  build({
    ...common,
    entryPoints: {
      'editor.worker': editor.resolve('monaco-editor/esm/vs/editor/editor.worker.js'),
      'json.worker': editor.resolve('monaco-editor/esm/vs/language/json/json.worker.js'),
      'graphql.worker': editor.resolve('monaco-graphql/esm/graphql.worker.js'),
    },
  }),
  copyFile(join(here, 'index.html'), join(outdir, 'index.html')),
]);
