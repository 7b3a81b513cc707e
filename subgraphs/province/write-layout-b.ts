import { LAYOUT_B_NO_DATE, LAYOUT_B_STATUS_WORDS } from '../sources/layouts/layout-b';
import { insertStatement, requireKnown, type DossierWriter, type DossierWriterParts } from './dossier-writer';
import { toLocalText } from './system-clock-text';
import type { SyntheticDossier } from './synthetic-dossier';

const CHANNELS = { DIRECT: 'Trực tiếp', ONLINE: 'Trực tuyến', POSTAL: 'Bưu chính công ích' } as const;

const DOSSIER_COLUMNS = [
  'ID',
  'MASOHOSO',
  'MASOBIENNHAN',
  'TENTHUTUCHANHCHINH',
  'HOTENNGUOINOPHOSO',
  'CHUSOHUU',
  'HINHTHUCNOP',
  'NGAYNOPHOSO',
  'NGAYNHANHOSO',
  'NGAYHENTRAKETQUA',
  'NGAYXULYXONG',
  'NGAYTRAKETQUA',
  'NGAYTUCHOI',
  'NGAYBOSUNG',
  'TRANGTHAIHOSO',
  'TENCOQUANTIEPNHAN',
  'TENCOQUANXULY',
  'DULIEUMAU',
];

/** The system knows agencies by their names. */
export function layoutBAgencyNames(agencies: DossierWriterParts['agencies']): Record<string, string> {
  return Object.fromEntries(agencies.map(({ code, name }) => [name, code]));
}

export function createLayoutBWriter({ database, agencies }: DossierWriterParts): DossierWriter {
  const names = new Map(agencies.map(({ code, name }) => [code, name]));
  const groups = new Map<string, number>();
  const procedures = new Set<string>();
  let id = 0;
  const insertDossier = database.prepare(insertStatement('cmon_hosotthccong', DOSSIER_COLUMNS));
  const insertProcedure = database.prepare(
    insertStatement('cmon_thutuchanhchinh', ['MA', 'TEN', 'NHOMTHUTUCHANHCHINHID']),
  );
  const insertGroup = database.prepare(insertStatement('cmon_nhomthutuchanhchinh', ['ID', 'TEN']));

  function groupKey(field: string | null): number | null {
    if (field === null) return null;
    const known = groups.get(field);
    if (known !== undefined) return known;
    const key = groups.size + 1;
    groups.set(field, key);
    insertGroup.run(key, field);
    return key;
  }

  function writeProcedure({ procedureCode, procedureName, field }: SyntheticDossier): void {
    if (procedures.has(procedureCode)) return;
    procedures.add(procedureCode);
    insertProcedure.run(procedureCode, procedureName, groupKey(field));
  }

  return {
    write(dossier) {
      writeProcedure(dossier);
      id += 1;
      insertDossier.run(
        id,
        dossier.code,
        dossier.aliases[0] ?? null,
        dossier.procedureName,
        dossier.applicant,
        dossier.applicant,
        CHANNELS[dossier.channel],
        toLocalText(dossier.submittedAt),
        localOrSentinel(dossier.receivedAt),
        localOrSentinel(dossier.dueAt),
        localOrSentinel(dossier.finishedAt),
        localOrSentinel(dossier.returnedAt),
        localOrSentinel(dossier.refusedAt),
        localOrSentinel(dossier.supplements.at(-1)?.requestedAt ?? null),
        LAYOUT_B_STATUS_WORDS[dossier.status] ?? null,
        requireKnown(names, dossier.receivingAgency),
        requireKnown(names, dossier.handlingAgency),
        1,
      );
    },
  };
}

function localOrSentinel(instant: string | null): string {
  return instant === null ? LAYOUT_B_NO_DATE : toLocalText(instant);
}
