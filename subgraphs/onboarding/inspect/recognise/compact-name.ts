import { foldForSearch } from '../../../../schema/vietnamese-text';

/** One spelling for `NgayTiepNhan`, `NGAYTIEPNHAN`, `ngay_tiep_nhan` and `Ngày tiếp nhận`: `ngaytiepnhan`. */
export function compactName(name: string): string {
  return foldForSearch(name).replaceAll(' ', '');
}

/** The last part of a path or a qualified name: `applicant.name` is `name`, `Thời hạn > Ngày hẹn trả` is `Ngày hẹn trả`. */
export function lastPart(name: string): string {
  return name.split(/[.>]/).at(-1)?.trim() || name;
}
