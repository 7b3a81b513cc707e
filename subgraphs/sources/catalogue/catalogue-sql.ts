import type { CatalogueWindow, ProcedureOrder, ProcedureSelection } from './catalogue-query';

export interface CatalogueSql {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

/** Above every character a word may hold, so `[word, word + this)` is exactly the words that `word` starts. */
const AFTER_EVERY_CHARACTER = '\u{10FFFF}';

const ORDER_COLUMNS = {
  // Without words all names are equally near.
  MATCH_ASC: 'name_key',
  NAME_ASC: 'name_key',
  NAME_DESC: 'name_key',
  CODE_ASC: 'code',
  CODE_DESC: 'code',
} as const satisfies Readonly<Record<ProcedureOrder, string>>;

/** One row more than the page: it tells whether there is a next one. Nearness to words is no column: that takes `idsSql`. */
export function pageSql(selection: ProcedureSelection, window: CatalogueWindow): CatalogueSql {
  const isDescending = window.order.endsWith('_DESC');
  const column = ORDER_COLUMNS[window.order];
  const conditions = [...selectionConditions(selection), ...afterConditions(window, column, isDescending)];
  return join(
    `SELECT id, procedure, ${column} AS value, agency, code FROM entry WHERE`,
    conditions,
    // Ties are ascending in both directions.
    `ORDER BY ${column} ${isDescending ? 'DESC' : 'ASC'}, agency, code LIMIT ?`,
    [window.first + 1],
  );
}

/** All that is selected, in no order. */
export function idsSql(selection: ProcedureSelection): CatalogueSql {
  return join('SELECT id FROM entry WHERE', selectionConditions(selection));
}

export function countSql(selection: ProcedureSelection): CatalogueSql {
  return join('SELECT COUNT(*) AS total FROM entry WHERE', selectionConditions(selection));
}

export function findSql(codes: readonly string[], asOf: string): CatalogueSql {
  return join('SELECT id, procedure FROM entry WHERE', [onDay(asOf), isOneOf('code', codes)]);
}

function join(
  head: string,
  conditions: readonly CatalogueSql[],
  tail = '',
  tailValues: readonly number[] = [],
): CatalogueSql {
  return {
    text: `${head} ${conditions.map(({ text }) => text).join(' AND ')} ${tail}`.trim(),
    values: [...conditions.flatMap(({ values }) => values), ...tailValues],
  };
}

function selectionConditions(selection: ProcedureSelection): CatalogueSql[] {
  const { agency, agencies, words, fields, levels, channels, issues } = selection;
  return [
    onDay(selection.asOf),
    ...(agency === undefined ? [] : [hasAgency([agency])]),
    ...(agencies === undefined ? [] : [hasAgency(agencies)]),
    ...[...new Set(words)].map(hasWord),
    ...(fields === undefined ? [] : [isOneOf('field', fields)]),
    ...(levels === undefined ? [] : [hasTag('level', levels)]),
    ...(channels === undefined ? [] : [hasTag('channel', channels)]),
    ...(issues === undefined ? [] : [hasTag('issue', issues)]),
  ];
}

function onDay(day: string): CatalogueSql {
  return { text: 'valid_from <= ? AND ? <= valid_to', values: [day, day] };
}

// Lists travel as one JSON value: the text of a statement, which is prepared once, does not grow with them.

function isOneOf(column: 'field' | 'code', values: readonly string[]): CatalogueSql {
  return { text: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] };
}

function hasAgency(agencies: readonly string[]): CatalogueSql {
  return {
    text: 'id IN (SELECT entry FROM entry_agency WHERE agency IN (SELECT value FROM json_each(?)))',
    values: [JSON.stringify(agencies)],
  };
}

function hasWord(word: string): CatalogueSql {
  return {
    text: 'procedure IN (SELECT procedure FROM name_word WHERE word >= ? AND word < ?)',
    values: [word, word + AFTER_EVERY_CHARACTER],
  };
}

function hasTag(kind: 'level' | 'channel' | 'issue', values: readonly string[]): CatalogueSql {
  return {
    text: `procedure IN (SELECT procedure FROM tag WHERE kind = '${kind}' AND value IN (SELECT value FROM json_each(?)))`,
    values: [JSON.stringify(values)],
  };
}

/** The first condition is implied by the second; it is there for the index. */
function afterConditions(
  { after }: CatalogueWindow,
  column: string,
  isDescending: boolean,
): readonly CatalogueSql[] {
  if (after === undefined) return [];
  const beyond = isDescending ? '<' : '>';
  return [
    {
      text: `${column} ${beyond}= ? AND (${column} ${beyond} ? OR (agency, code) > (?, ?))`,
      values: [after.value, after.value, after.agency, after.code],
    },
  ];
}
