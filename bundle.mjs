/**
 * After tsc: puts all that a process or thread of ours loads into one file beside it, `….bundle.js`. The gateway alone loads fifteen
 * hundred files of libraries, and from one file it starts in three quarters of the time. All runs without this step too
 * (schema/runtime/built-file.ts).
 */
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('dist/', import.meta.url));

/** @type {import('esbuild').BuildOptions} */
const settings = {
  outdir: folder,
  outbase: folder,
  outExtension: { '.js': '.bundle.js' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node24',
  // The package, which a library means, and not the module of Node of that name, which is deprecated.
  alias: { punycode: 'punycode/' },
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
};

await build({ ...settings, entryPoints: [`${folder}gateway/main.js`] });
await build({
  ...settings,
  entryPoints: ['system-thread-main.js', 'agencies-thread-main.js'].map(
    (file) => `${folder}subgraphs/province/${file}`,
  ),
  // type-graphql names types by their classes, and asks for class-validator only where arguments are validated by its decorators,
  // which is nowhere here.
  keepNames: true,
  external: ['class-validator'],
});
