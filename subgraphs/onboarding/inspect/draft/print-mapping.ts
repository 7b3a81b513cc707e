import {
  Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  stringify,
  visit,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { formatTable } from '../../terminal/format-table';
import type { DescribedTable } from './describe-tables';
import type { MappingDraft } from './draft-mapping';
import type { DraftNote, DraftPath } from './draft-notes';

export interface PrintedParts {
  readonly draft: MappingDraft;
  readonly notes: readonly DraftNote[];
  readonly tables: readonly DescribedTable[];
  /** Lines at the top: what was looked at, and what it seems to be. */
  readonly header: readonly string[];
  /** Where an editor finds the schema. */
  readonly schema: string;
}

const LINE_WIDTH = 140;
const MOST_UNUSED = 40;

/** The mapping as YAML that a person goes on with: doubts where they arise, and the tables with samples at the end. */
export function printMapping({ draft, notes, tables, header, schema }: PrintedParts): string {
  const document = new Document(draft.mapping, { aliasDuplicateObjects: false });
  for (const [path, group] of groupNotes(notes)) annotate(document, path, group);
  visit(document, { Map: (_, map) => void (map.flow = isShort(map)) });
  const top = [`# yaml-language-server: $schema=${schema}`, ...header.map((line) => `# ${line}`), ''].join(
    '\n',
  );
  const body = document.toString({ lineWidth: LINE_WIDTH, commentString: toComment });
  return `${top}\n${body}${printOpen(draft)}\n${toComment(describe(tables))}\n`;
}

const LONGEST_ASIDE = 70;
const SHORT_ENTRIES = 4;

/** A date or a status line reads better on one line; a map with comments inside needs its lines. */
function isShort(map: YAMLMap): boolean {
  return (
    map.items.length <= SHORT_ENTRIES &&
    map.items.every(({ key, value }) => {
      const isPlain = isScalar(value) || (isSeq(value) && value.items.every((item) => isScalar(item)));
      const hasComment =
        (isNode(key) && key.commentBefore != null) || (isNode(value) && value.comment != null);
      return isPlain && !hasComment && (isNode(value) ? value.commentBefore == null : true);
    })
  );
}

function toComment(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
}

function groupNotes(notes: readonly DraftNote[]): readonly (readonly [DraftPath, readonly DraftNote[]])[] {
  const groups = Map.groupBy(notes, ({ path }) => JSON.stringify(path));
  return [...groups.values()].map((group) => [group[0]?.path ?? [], group] as const);
}

/** Before the key that the path names, or before the nearest one around it that is there. */
function annotate(document: Document, path: DraftPath, notes: readonly DraftNote[]): void {
  const text = notes.map(({ text: note, isUnsure }) => (isUnsure ? `unsure: ${note}` : note)).join('\n');
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    const target = isMap(parent) ? parent.items.find((pair) => keyOf(pair) === String(last)) : null;
    // A short word about one value stands behind it.
    const isAside =
      isPair(target) &&
      isScalar(target.value) &&
      text.length <= LONGEST_ASIDE &&
      notes.every(({ isUnsure }) => !isUnsure);
    if (isAside && isScalar(target.value) && length === path.length) {
      target.value.comment = text;
      return;
    }
    const node = isPair(target) ? target.key : isSeq(parent) ? parent.items[Number(last)] : null;
    if (!isNode(node)) continue;
    // What stands there already stays first.
    node.commentBefore = node.commentBefore == null ? text : `${node.commentBefore}\n${text}`;
    return;
  }
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}

/** A section that must be finished by hand stands as a comment. */
function printOpen({ openProcedures }: MappingDraft): string {
  if (openProcedures === null) return '';
  const section = stringify(
    { procedures: openProcedures },
    { lineWidth: LINE_WIDTH, aliasDuplicateObjects: false },
  );
  return `
# unsure: a catalogue stands here too, but no column says which agency publishes a row, and this system holds several agencies.
# Add "publishedBy" (a column and its values, or { constant: CODE }) and take the first "# " from each line:
${toComment(section)}
`;
}

function describe(tables: readonly DescribedTable[]): string {
  const used = tables.filter(({ as }) => as !== null);
  const unused = tables.filter(({ as }) => as === null);
  const names = unused.slice(0, MOST_UNUSED).map(({ name, rowCount }) => `${name} (${count(rowCount)})`);
  const more = unused.length > MOST_UNUSED ? `, and ${unused.length - MOST_UNUSED} more` : '';
  return [
    'What stands there. Samples are masked (•) wherever they are not known to be harmless.',
    ...used.map(describeTable),
    ...(unused.length === 0 ? [] : ['', `Not used: ${names.join(', ')}${more}`]),
  ].join('\n');
}

function describeTable({ name, as, rowCount, indexes, columns }: DescribedTable): string {
  const rows = columns.map((column) => [
    `  ${column.name}`,
    column.type,
    column.as === null ? '' : `→ ${column.as}`,
    column.samples.join(' · '),
  ]);
  const table = formatTable(
    [{ title: '  column' }, { title: 'type' }, { title: 'taken as' }, { title: 'samples' }],
    rows,
  );
  const keys = indexes.map((index) => `(${index.join(', ')})`).join(' ');
  return `\n${name}: ${as ?? ''}, ${count(rowCount)}${keys === '' ? '' : `; indexes ${keys}`}\n${table}`.trimEnd();
}

function count(rowCount: number | null): string {
  return rowCount === null ? 'rows not counted' : `about ${rowCount.toLocaleString('en')} rows`;
}
