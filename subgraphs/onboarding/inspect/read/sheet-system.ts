import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { SourceProblem } from '../../../sources/source-problem';
import type { InspectedSystem, InspectedTable, SampledRow } from './inspected-table';
import { createMemoryTable } from './memory-table';
import { readCsvGrid, readWorkbookGrids, type Grid } from './sheet-grid';
import { findHeader, type SheetHeader } from './sheet-header';

interface SheetTarget {
  readonly path: string;
  readonly isFolder: boolean;
}

interface FoundSheet {
  readonly file: string;
  readonly grid: Grid;
  readonly header: SheetHeader;
}

const KNOWN = /\.(xlsx|csv)$/i;
/** Enough files to know how they look. */
const MOST_FILES = 24;

/** The sheets of a file, or of the files of a folder; those with the same columns are one table. @throws SourceProblem */
export async function openSheetSystem(
  { path, isFolder }: SheetTarget,
  from: string,
): Promise<InspectedSystem> {
  const folder = isFolder ? path : dirname(path);
  const files = isFolder ? filesIn(path) : [basename(path)];
  const sheets = files.slice(0, MOST_FILES).flatMap((file) => sheetsOf(folder, file));
  const groups = Map.groupBy(sheets, ({ file, header }) => JSON.stringify([extname(file), header.names]));
  const shown = relative(from, folder);
  return {
    kind: 'sheet',
    title: isFolder
      ? `the folder ${basename(path)}, ${files.length} ${files.length === 1 ? 'file' : 'files'}`
      : `the file ${basename(path)}`,
    connection: { folder: shown === '' ? '.' : shown },
    connectionDoubts: [],
    tables: [...groups.values()].map((group) => toTable(group, files)),
    hasRows: true,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function filesIn(folder: string): readonly string[] {
  // A name that begins with ~$ is the lock of a file that somebody has open.
  const files = readdirSync(folder).filter((name) => KNOWN.test(name) && !name.startsWith('~$'));
  if (files.length === 0)
    throw new SourceProblem('SOURCE_NO_TABLE', `There is no XLSX or CSV file in ${folder}`, folder);
  return files.sort();
}

function sheetsOf(folder: string, file: string): readonly FoundSheet[] {
  const bytes = readFileSync(join(folder, file));
  const grids = /\.csv$/i.test(file) ? [readCsvGrid(file, bytes)] : readWorkbookGrids(file, bytes);
  return grids.flatMap((grid) => {
    const header = findHeader(grid);
    return header === null ? [] : [{ file, grid, header }];
  });
}

function toTable(group: readonly FoundSheet[], files: readonly string[]): InspectedTable {
  const rows = group.flatMap(({ grid, header }) => rowsBelow(grid, header));
  const names = group.map(({ file }) => file);
  const sheets = group.map(({ grid }) => grid.sheet).filter((sheet) => sheet !== null);
  const [first] = group;
  const header = first?.header;
  const group_ = header?.hasGroups === true ? { groupColumn: GROUP_COLUMN } : {};
  const pattern = patternOf(names);
  const unlike = files.filter((file) => extname(file) === extname(names[0] ?? '') && !names.includes(file));
  return createMemoryTable(
    {
      name: sheets[0] === undefined ? pattern : `${pattern} > ${patternOf(sheets)}`,
      columns: [
        ...(header?.names ?? []).filter((name) => name !== ''),
        ...(header?.hasGroups === true ? [GROUP_COLUMN] : []),
      ].map((name) => ({ name, type: '' })),
      rowCount: rows.length,
      from: {
        files: pattern,
        ...(sheets[0] === undefined ? {} : { sheets: patternOf(sheets) }),
        ...((header?.lines ?? 1) === 1 ? {} : { headerRow: header?.row, headerRows: header?.lines }),
        ...group_,
      },
      doubts: [
        ...(new Set(names).size > 1
          ? [`the pattern "${pattern}" is made of ${new Set(names).size} names`]
          : []),
        ...(unlike.length > 0 && pattern.includes('*')
          ? [`${unlike.length} other files have other columns`]
          : []),
        ...(header?.hasGroups === true
          ? [`rows such as "I. …" between the data become the column ${GROUP_COLUMN}`]
          : []),
      ],
    },
    rows,
  );
}

const GROUP_COLUMN = 'Lĩnh vực (nhóm)';

function rowsBelow({ rows }: Grid, { names, row, hasGroups }: SheetHeader): readonly SampledRow[] {
  let group: string | null = null;
  return rows.slice(row).flatMap((cells) => {
    const filled = cells.filter((cell) => cell !== null && cell !== '');
    if (hasGroups && filled.length <= 2) {
      group = filled.map(String).join(' ');
      return [];
    }
    if (filled.length < 2) return [];
    const record = Object.fromEntries(
      names.flatMap((name, i) => (name === '' ? [] : [[name, cells[i] ?? null]])),
    );
    return [hasGroups ? { ...record, [GROUP_COLUMN]: group } : record];
  });
}

/** `hoso-01.xlsx` and `hoso-02.xlsx` are `hoso-0*.xlsx`. */
export function patternOf(names: readonly string[]): string {
  const [first = '', ...others] = [...new Set(names)];
  if (others.length === 0) return first;
  let start = 0;
  while (start < first.length && others.every((name) => name[start] === first[start])) start += 1;
  let end = 0;
  while (
    end < first.length - start &&
    others.every((name) => name.at(-1 - end) === first.at(-1 - end) && end < name.length - start)
  )
    end += 1;
  // A digit that all of them share by chance is not what they have in common.
  return `${first.slice(0, start).replace(/\d+$/, '')}*${end === 0 ? '' : first.slice(-end).replace(/^\d+/, '')}`;
}
