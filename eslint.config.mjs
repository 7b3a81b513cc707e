import tseslint from 'typescript-eslint';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';

/** The arrows of the architecture: each folder, and the folders it must not import. Everything may import schema/. */
const ROOMS = [
  'http',
  'live',
  'operation',
  'access',
  'supergraph',
  'shards',
  'execution',
  'transport',
  'cache',
];
const MAY_IMPORT = {
  http: ['live', 'operation', 'access', 'supergraph', 'execution'],
  live: ['operation'],
  operation: ['supergraph', 'execution', 'shards', 'access'],
  access: [],
  supergraph: [],
  shards: ['execution', 'transport'],
  execution: ['transport'],
  transport: ['cache'],
  cache: [],
};
/** Inside shards/, from the bottom up: each imports only what stands before it. */
const SHARD_FLOORS = ['spec', 'registry', 'compile', 'gather', 'run'];
const SUBGRAPHS = ['agencies', 'procedures', 'dossiers'];

const zones = [
  { target: './schema', from: ['./gateway', './subgraphs', './test', './lienthong.ts'] },
  { target: './gateway', from: ['./subgraphs', './test', './lienthong.ts'] },
  { target: './subgraphs', from: ['./gateway', './test', './lienthong.ts'] },
  { target: './lienthong.ts', from: ['./gateway', './subgraphs', './test'] },
  ...ROOMS.map((room) => ({
    target: `./gateway/${room}`,
    from: ROOMS.filter((other) => other !== room && !MAY_IMPORT[room].includes(other)).map(
      (other) => `./gateway/${other}`,
    ),
  })),
  ...SHARD_FLOORS.slice(0, -1).map((floor, place) => ({
    target: `./gateway/shards/${floor}`,
    from: SHARD_FLOORS.slice(place + 1).map((above) => `./gateway/shards/${above}`),
  })),
  ...SUBGRAPHS.map((subgraph) => ({
    target: `./subgraphs/${subgraph}`,
    from: [...SUBGRAPHS.filter((other) => other !== subgraph), 'province', 'system', 'onboarding'].map(
      (other) => `./subgraphs/${other}`,
    ),
  })),
  // Whoever serves a system does not know the embedded province, nor the commands that bring one in.
  { target: './subgraphs/system', from: ['./subgraphs/province', './subgraphs/onboarding'] },
  { target: './subgraphs/province', from: './subgraphs/onboarding' },
  ...['sources', 'federation'].map((shared) => ({
    target: `./subgraphs/${shared}`,
    from: [...SUBGRAPHS, 'province', 'system', 'onboarding'].map((other) => `./subgraphs/${other}`),
  })),
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.lienthong/**', 'coverage/**', 'test/bench/peers/**'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js'] })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      // Interfaces of libraries ask for functions that give promises, also where nothing is awaited.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': 'off' },
  },
);
