import { insertStatement, requireKnown, type DossierWriter, type DossierWriterParts } from './dossier-writer';
import { toLocalText } from './system-clock-text';
import type { SyntheticDossier } from './synthetic-dossier';

const CHANNELS = { DIRECT: '1', ONLINE: '2', POSTAL: '3' } as const;

const DOSSIER_COLUMNS = [
  'MaHoSo',
  'MaHoSoKhac',
  'MaTTHC',
  'MaLinhVuc',
  'DonViId',
  'DonViXuLyId',
  'KenhThucHien',
  'ChuHoSo',
  'NgayNopHoSo',
  'NgayTiepNhan',
  'NgayHenTra',
  'NgayKetThucXuLy',
  'NgayTra',
  'NgayTuChoi',
  'TrangThaiHoSoId',
  'BuocHienTai',
  'DuLieuMau',
];

/** The key of an agency in `Groups`: its place in the list, from 1. */
export function layoutAAgencyKeys(agencies: DossierWriterParts['agencies']): Record<string, string> {
  return Object.fromEntries(agencies.map(({ code }, index) => [String(index + 1), code]));
}

export function createLayoutAWriter({ database, agencies }: DossierWriterParts): DossierWriter {
  const keys = new Map(agencies.map(({ code }, index) => [code, index + 1]));
  const fields = new Map<string, string>();
  const insertDossier = database.prepare(insertStatement('Business_HoSos', DOSSIER_COLUMNS));
  const insertSupplement = database.prepare(
    insertStatement('Business_HoSoBoSungs', [
      'MaHoSo',
      'NgayBoSung',
      'NgayTiepNhanBoSung',
      'NgayHenTraTruoc',
      'NgayHenTraMoi',
    ]),
  );
  const insertStep = database.prepare(
    insertStatement('Business_QuaTrinhXuLyHoSos', [
      'MaHoSo',
      'ThoiGian',
      'TrangThai',
      'PhongBan',
      'NgayHetHanBuocXuLy',
    ]),
  );
  const insertField = database.prepare(insertStatement('Catalog_LinhVucs', ['MaLinhVuc', 'TenLinhVuc']));

  function fieldKey(field: string | null): string | null {
    if (field === null) return null;
    const known = fields.get(field);
    if (known !== undefined) return known;
    const key = `LV${String(fields.size + 1).padStart(3, '0')}`;
    fields.set(field, key);
    insertField.run(key, field);
    return key;
  }

  function writeDossier(dossier: SyntheticDossier): void {
    insertDossier.run(
      dossier.code,
      dossier.aliases[0] ?? null,
      dossier.procedureCode,
      fieldKey(dossier.field),
      requireKnown(keys, dossier.receivingAgency),
      requireKnown(keys, dossier.handlingAgency),
      CHANNELS[dossier.channel],
      dossier.applicant,
      toLocalText(dossier.submittedAt),
      localOrNull(dossier.receivedAt),
      localOrNull(dossier.dueAt),
      localOrNull(dossier.finishedAt),
      localOrNull(dossier.returnedAt),
      localOrNull(dossier.refusedAt),
      dossier.status,
      dossier.steps.at(-1)?.unit ?? null,
      1,
    );
  }

  return {
    write(dossier) {
      writeDossier(dossier);
      for (const { requestedAt, completedAt, dueBefore, dueAfter } of dossier.supplements) {
        insertSupplement.run(
          dossier.code,
          toLocalText(requestedAt),
          localOrNull(completedAt),
          localOrNull(dueBefore),
          localOrNull(dueAfter),
        );
      }
      for (const { at, status, unit, dueAt } of dossier.steps) {
        insertStep.run(dossier.code, toLocalText(at), status, unit, localOrNull(dueAt));
      }
    },
  };
}

function localOrNull(instant: string | null): string | null {
  return instant === null ? null : toLocalText(instant);
}
