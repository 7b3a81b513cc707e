import type { OpenHouse } from './house';
import { serverHouse } from './server-houses';
import { serviceHouse } from './service-houses';
import { sheetHouse } from './sheet-houses';
import { sqliteHouse } from './sqlite-houses';

/** A kind of system, and what it keeps beside the dossiers themselves. */
export interface HouseKind {
  readonly open: OpenHouse;
  /** Where none are kept, the national clock cannot tell of dossiers that may have had some. */
  readonly supplements: boolean;
  readonly steps: boolean;
}

const BOTH = { supplements: true, steps: true } as const;
const NEITHER = { supplements: false, steps: false } as const;

/** Every kind of system that the product reads, from a file of SQLite to a folder of CSV. */
export const HOUSES = {
  'SQLite A live': { open: sqliteHouse('A', 'live'), ...BOTH },
  'SQLite B live': { open: sqliteHouse('B', 'live'), ...NEITHER },
  'SQLite D live': { open: sqliteHouse('D', 'live'), supplements: false, steps: true },
  'PostgreSQL A live': { open: serverHouse('A on PostgreSQL', 'live'), ...BOTH },
  'MariaDB B live': { open: serverHouse('B on MariaDB', 'live'), ...NEITHER },
  'SQLite A copied': { open: sqliteHouse('A', 'copy'), ...BOTH },
  'PostgreSQL A copied': { open: serverHouse('A on PostgreSQL', 'copy'), ...BOTH },
  'MariaDB B copied': { open: serverHouse('B on MariaDB', 'copy'), ...NEITHER },
  'REST C': { open: serviceHouse('C'), ...BOTH },
  'REST D': { open: serviceHouse('D'), ...BOTH },
  'SOAP G': { open: serviceHouse('G'), ...BOTH },
  'XLSX F': { open: sheetHouse('xlsx'), ...NEITHER },
  'CSV F': { open: sheetHouse('csv'), ...NEITHER },
} as const satisfies Readonly<Record<string, HouseKind>>;

export type HouseName = keyof typeof HOUSES;
export const HOUSE_NAMES = Object.keys(HOUSES) as readonly HouseName[];
