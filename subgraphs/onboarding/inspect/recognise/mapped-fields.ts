/** What a table is to us. */
export const ROLES = ['dossiers', 'catalogue', 'steps', 'supplements', 'agencies'] as const;
export type Role = (typeof ROLES)[number];

/** What a column may be looked for as. The names follow the mapping; `*.name` stands where a name does the work of a code. */
export const ROLE_FIELDS = {
  dossiers: [
    'code',
    'aliases',
    'procedure',
    'procedureName',
    'field',
    'receivingAgency',
    'handlingAgency',
    'status',
    'channel',
    'submitted',
    'received',
    'due',
    'finished',
    'returned',
    'refused',
    'deleted',
    'synthetic',
    'updatedAt',
  ],
  catalogue: [
    'code',
    'name',
    'hasLocalCode',
    'field',
    'levels',
    'agencyKind',
    'performingAgency',
    'channels',
    'time',
    'timeUnit',
    'directTime',
    'onlineTime',
    'postalTime',
    'workingDays',
    'feeMin',
    'feeMax',
    'feeUnit',
    'isOnlineAvailable',
    'onlineLevel',
    'legalBasis',
    'decision',
    'result',
    'applicants',
    'publishedBy',
    'deleted',
    'validFrom',
    'validTo',
    'updatedAt',
    'note',
  ],
  steps: ['dossier', 'at', 'status', 'unit', 'dueAt'],
  supplements: ['dossier', 'requestedAt', 'completedAt', 'dueBefore', 'dueAfter'],
  agencies: ['key', 'code', 'name'],
} as const satisfies Readonly<Record<Role, readonly string[]>>;

export type FieldOf<R extends Role> = (typeof ROLE_FIELDS)[R][number];

/** Fields that hold dates. */
export const DATE_FIELDS: ReadonlySet<string> = new Set([
  'submitted',
  'received',
  'due',
  'finished',
  'returned',
  'refused',
  'updatedAt',
  'at',
  'dueAt',
  'requestedAt',
  'completedAt',
  'dueBefore',
  'dueAfter',
  'validFrom',
  'validTo',
]);

/** Without these a table is not what it seems. */
export const NEEDED_FIELDS: Readonly<Record<Role, readonly string[]>> = {
  dossiers: ['code', 'received'],
  catalogue: ['code', 'name'],
  steps: ['dossier', 'at'],
  supplements: ['dossier', 'requestedAt'],
  agencies: ['key', 'name'],
};
