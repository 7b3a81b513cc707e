import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SheetData } from 'write-excel-file/node';
import { catalogueSheet, dossierSheet, writeLayoutFFolder } from '../layout-f-folder';
import { temporaryFolder } from '../sheet-folder';
import type { House, HouseRows } from './house';
import { houseMapping, mappingFile } from './house-mapping';
import { openHouse } from './open-house';

/** A folder of layout F, as Excel saves it or as CSV. */
export function sheetHouse(format: 'xlsx' | 'csv') {
  return async (rows: HouseRows): Promise<House> => {
    await using stack = new AsyncDisposableStack();
    const folder = stack.use(temporaryFolder());
    const { dossiers, procedures } = rows;
    if (format === 'xlsx') await writeLayoutFFolder(folder.path, { dossiers, catalogue: procedures });
    else {
      writeFileSync(join(folder.path, 'hoso-2024.csv'), csv(dossierSheet(dossiers)));
      writeFileSync(join(folder.path, 'TTHC.csv'), csv(catalogueSheet(procedures)));
    }
    const mapping = houseMapping(folderFile(format), rows.agencies, ({ name }) => name);
    return openHouse(rows, { mapping, baseFolder: folder.path, system: stack.move() });
  };
}

/** Both lists of layout F in one folder. */
function folderFile(format: 'xlsx' | 'csv') {
  const { dossiers, ...file } = mappingFile('layout-f-dossiers');
  const { procedures } = mappingFile('layout-f-catalogue');
  const sheets = format === 'xlsx';
  return {
    ...file,
    dossiers: {
      ...dossiers,
      from: {
        files: `hoso*.${format}`,
        ...(sheets && { sheets: 'T*' }),
        headerRows: 2,
        groupColumn: 'Lĩnh vực',
      },
    },
    procedures: {
      ...procedures,
      from: { files: `TTHC*.${format}`, ...(sheets && { sheets: 'TTHC*' }), headerRows: 2 },
    },
  };
}

/** A sheet as Excel saves it to CSV: what was merged stands in its first cell. */
function csv(data: SheetData): string {
  const width = Math.max(...data.map((row) => row?.length ?? 0));
  return data
    .map((row) => Array.from({ length: width }, (_, i) => quoted(shown(row?.[i]))).join(','))
    .join('\r\n');
}

function shown(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  const value: unknown = typeof cell === 'object' && 'value' in cell ? cell.value : cell;
  if (!(value instanceof Date)) return String(value);
  const [day = '', time = ''] = value.toISOString().slice(0, 19).split('T');
  return `${day.split('-').toReversed().join('/')} ${time}`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
