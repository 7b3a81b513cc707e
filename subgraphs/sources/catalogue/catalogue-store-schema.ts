/**
 * The local store of catalogues: one row per procedure and competence, so that a day selects at most one row of a
 * procedure. Order keys stand in that row, each with an index of its own: a page is a walk along it. Open ends are the
 * texts below and above every day.
 */
export const CATALOGUE_STORE_DDL = `
  CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    procedure INTEGER NOT NULL,
    code TEXT NOT NULL,
    agency TEXT NOT NULL,
    name_key TEXT NOT NULL,
    field TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL
  );
  CREATE INDEX entry_code_asc ON entry (code, agency);
  CREATE INDEX entry_code_desc ON entry (code DESC, agency);
  CREATE INDEX entry_name_asc ON entry (name_key, agency, code);
  CREATE INDEX entry_name_desc ON entry (name_key DESC, agency, code);

  CREATE TABLE entry_agency (agency TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (agency, entry)) WITHOUT ROWID;
  CREATE TABLE name_word (word TEXT NOT NULL, procedure INTEGER NOT NULL, PRIMARY KEY (word, procedure)) WITHOUT ROWID;
  CREATE TABLE tag (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    procedure INTEGER NOT NULL,
    PRIMARY KEY (kind, value, procedure)
  ) WITHOUT ROWID;
`;

export const FIRST_DAY = '';
export const LAST_DAY = '9999-12-31';
