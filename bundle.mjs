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

/**
 * Half of what `@apollo/gateway` loads serves its telemetry, which we switch off, and its own way of asking subgraphs, which we replace
 * (gateway/supergraph/supergraph-gateway.ts). In the bundle these packages are empty, and whoever uses one after all is told so.
 */
const NEVER_USED =
  /^(?:make-fetch-happen|@opentelemetry\/(?:sdk-metrics|resources|exporter-metrics-otlp-http|resource-detector-.*))$/;

/** @type {import('esbuild').Plugin} */
const withoutNeverUsed = {
  name: 'without what is never used',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: NEVER_USED }, ({ path }) => ({ path, namespace: 'never-used' }));
    onLoad({ filter: /.*/, namespace: 'never-used' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => {
        if (name === '__esModule' || typeof name === 'symbol') return undefined;
        throw new Error('The bundle leaves ' + ${JSON.stringify(path)} + ' out (bundle.mjs): ' + name);
      } });`,
    }));
  },
};

/** What only a system of one kind needs: its thread loads it when it is used first, and the others never do. */
const NEEDED_BY_FEW = /^(?:@e965\/xlsx|mysql2(?:\/promise)?|pg)$/;

/** @type {import('esbuild').Plugin} */
const lateLoaded = {
  name: 'what few need is loaded late',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: NEEDED_BY_FEW }, ({ path, namespace, resolveDir }) =>
      namespace === 'late' ? undefined : { path, namespace: 'late', pluginData: resolveDir },
    );
    onLoad({ filter: /.*/, namespace: 'late' }, ({ path, pluginData }) => ({
      resolveDir: pluginData,
      contents: `let loaded; module.exports = new Proxy({}, { get: (_, name) =>
        name === '__esModule' ? undefined : (loaded ??= require(${JSON.stringify(path)}))[name] });`,
    }));
  },
};

await build({ ...settings, entryPoints: [`${folder}gateway/main.js`], plugins: [withoutNeverUsed] });
await build({
  ...settings,
  entryPoints: [
    'province/system-thread-main.js',
    'province/agencies-thread-main.js',
    'province/service-thread-main.js',
    'system/mapped-thread-main.js',
  ].map((file) => `${folder}subgraphs/${file}`),
  // type-graphql names types by their classes, and asks for class-validator only where arguments are validated by its decorators,
  // which is nowhere here.
  keepNames: true,
  plugins: [lateLoaded],
  external: ['class-validator'],
});
