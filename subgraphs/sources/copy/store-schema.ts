import { createHash } from 'node:crypto';
import { type DossierMapping, parseDossierMapping } from '../dossiers/dossier-mapping';
import type { SystemMapping } from '../mapping/system-mapping';

/** Counts up when the tables change: stores of another version are built anew. */
const STORE_VERSION = 1;

/** What the tables of a store depend on, kept in the store itself: an old one is still served by what it was built with. */
export interface StoreShape {
  /** Of the parts of the mapping that decide what a row means: a store of another one is built anew. */
  readonly mappingHash: string;
  readonly agencies: readonly string[];
  readonly handlingAgencies: readonly string[];
  /** How many other codes a dossier can have. */
  readonly aliases: number;
  readonly keepsSupplements: boolean;
  readonly keepsSteps: boolean;
}

/** Where the system is, how it is called and how often it is read may change without a row meaning anything else. */
export function storeShapeOf(mapping: SystemMapping): StoreShape {
  const { kind, agencies, dossiers, procedures } = mapping;
  const relevant = JSON.stringify([STORE_VERSION, kind, agencies, dossiers ?? null, procedures ?? null]);
  const handling = dossiers?.handlingAgency ?? null;
  return {
    mappingHash: createHash('sha256').update(relevant).digest('hex').slice(0, 16),
    agencies,
    handlingAgencies: [
      ...new Set(
        handling === null
          ? []
          : 'constant' in handling
            ? [handling.constant]
            : Object.values(handling.values),
      ),
    ],
    aliases: dossiers?.aliases.length ?? 0,
    keepsSupplements: dossiers?.supplements != null,
    keepsSteps: dossiers?.steps != null,
  };
}

export const STORE_TABLES = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  -- A file of a folder, or '' for a list: what was told last, and how far. is_open: a pass over it was begun, can be taken up, and has not ended.
  CREATE TABLE scopes (
    id INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,
    scope TEXT NOT NULL,
    generation INTEGER NOT NULL,
    mark TEXT,
    is_open INTEGER NOT NULL,
    UNIQUE (collection, scope)
  );
  CREATE TABLE passes (
    id INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,
    pass TEXT NOT NULL,
    began_at TEXT NOT NULL,
    ended_at TEXT,
    counts TEXT NOT NULL
  );
  CREATE TABLE problems (
    collection TEXT NOT NULL,
    scope INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    code TEXT NOT NULL,
    "column" TEXT NOT NULL,
    value TEXT NOT NULL,
    count INTEGER NOT NULL,
    places TEXT NOT NULL,
    PRIMARY KEY (collection, scope, generation, code, "column", value)
  ) WITHOUT ROWID;
  CREATE TABLE procedures (
    id INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    code TEXT NOT NULL,
    agency TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (code, agency, valid_from)
  );
`;

/** Instants are milliseconds since 1970, UTC: exact, short, and in the order of time. */
export function dossierTables({ aliases }: Pick<StoreShape, 'aliases'>): string {
  return `
  CREATE TABLE dossiers (
    id INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    updated INTEGER,
    agency TEXT NOT NULL,
    code TEXT NOT NULL,
    ${aliasColumns(aliases)
      .map((column) => `${column} TEXT,`)
      .join(' ')}
    procedure TEXT,
    field TEXT,
    handling TEXT,
    status INTEGER,
    channel TEXT,
    submitted INTEGER,
    received INTEGER,
    due INTEGER,
    finished INTEGER,
    returned INTEGER,
    refused INTEGER,
    synthetic INTEGER NOT NULL,
    UNIQUE (agency, code)
  );
  CREATE TABLE supplements (dossier INTEGER NOT NULL, requested INTEGER NOT NULL, completed INTEGER, due_before INTEGER, due_after INTEGER);
  CREATE INDEX supplements_dossier ON supplements (dossier);
  CREATE TABLE steps (dossier INTEGER NOT NULL, at INTEGER NOT NULL, status INTEGER, unit TEXT, due INTEGER);
  CREATE INDEX steps_dossier ON steps (dossier);
`;
}

/** Made once the rows are in: kept up during the first load they would cost most of its time. */
export function dossierIndexes({ aliases }: Pick<StoreShape, 'aliases'>): readonly string[] {
  return [
    'CREATE INDEX IF NOT EXISTS dossiers_code ON dossiers (code)',
    ...aliasColumns(aliases).map(
      (column) =>
        `CREATE INDEX IF NOT EXISTS dossiers_${column} ON dossiers (${column}) WHERE ${column} IS NOT NULL`,
    ),
    'CREATE INDEX IF NOT EXISTS dossiers_received ON dossiers (received)',
    'CREATE INDEX IF NOT EXISTS dossiers_due ON dossiers (due, finished)',
    'CREATE INDEX IF NOT EXISTS dossiers_agency_received ON dossiers (agency, received)',
    'CREATE INDEX IF NOT EXISTS dossiers_agency_due ON dossiers (agency, due, finished)',
    'CREATE INDEX IF NOT EXISTS dossiers_status ON dossiers (status, received)',
    'CREATE INDEX IF NOT EXISTS dossiers_procedure ON dossiers (procedure)',
    'PRAGMA optimize=0x10002',
  ];
}

export function aliasColumns(aliases: number): readonly string[] {
  return Array.from({ length: aliases }, (_, i) => `alias${i + 1}`);
}

/** How a store is asked: by the source that asks any other database. */
export function storeDossierMapping(shape: StoreShape): DossierMapping {
  const date = (column: string) => ({ column, format: 'epoch-ms' });
  const same = (codes: readonly string[]) => Object.fromEntries(codes.map((code) => [code, code]));
  const status = {
    columns: ['status'],
    values: Array.from({ length: 11 }, (_, number) => ({ when: [number], status: number })),
  };
  return parseDossierMapping({
    table: 'dossiers',
    code: 'code',
    aliases: aliasColumns(shape.aliases),
    procedure: { column: 'procedure' },
    field: { column: 'field' },
    receivingAgency: { column: 'agency', values: same(shape.agencies) },
    handlingAgency: { column: 'handling', values: same(shape.handlingAgencies) },
    status,
    channel: { column: 'channel', values: same(['DIRECT', 'ONLINE', 'POSTAL']) },
    dates: {
      submitted: date('submitted'),
      received: date('received'),
      due: date('due'),
      finished: date('finished'),
      returned: date('returned'),
      refused: date('refused'),
    },
    synthetic: { column: 'synthetic', type: 'number', values: [1] },
    supplements: shape.keepsSupplements
      ? {
          table: 'supplements',
          dossier: 'dossier',
          refersTo: 'id',
          requestedAt: date('requested'),
          completedAt: date('completed'),
          dueBefore: date('due_before'),
          dueAfter: date('due_after'),
        }
      : null,
    steps: shape.keepsSteps
      ? {
          table: 'steps',
          dossier: 'dossier',
          refersTo: 'id',
          at: date('at'),
          status,
          unit: 'unit',
          dueAt: date('due'),
        }
      : null,
  });
}
