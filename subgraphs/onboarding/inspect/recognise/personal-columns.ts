import { compactName } from './compact-name';

/**
 * Parts of column names behind which people stand: names, numbers, addresses, contacts, free text, officers. Never mapped, never shown.
 * Whatever is not known to be harmless is masked anyway; this list keeps such columns from being taken for ours.
 */
const PERSONAL = [
  'hoten',
  'chuhoso',
  'chusohuu',
  'nguoi',
  'congdan',
  'khachhang',
  'applicant',
  'fullname',
  'cmnd',
  'cccd',
  'cmt',
  'sogiayto',
  'sodinhdanh',
  'idno',
  'passport',
  'hochieu',
  'dienthoai',
  'sdt',
  'phone',
  'telno',
  'mobile',
  'email',
  'thudientu',
  'diachi',
  'address',
  'thuongtru',
  'tamtru',
  'ngaysinh',
  'namsinh',
  'birth',
  'gioitinh',
  'gender',
  'dantoc',
  'tongiao',
  'canbo',
  'chuyenvien',
  'nhanvien',
  'actionuser',
  'noidung',
  'ghichu',
  'trichyeu',
  'note',
  'ykien',
  'mota',
  'eform',
  'taikhoan',
  'account',
  'password',
  'matkhau',
  'token',
  'duongdan',
  'filepath',
  'chuky',
];

/** `HOTENNGUOINOPHOSO`, `applicant.idNo`, `Số điện thoại`. */
export function isPersonalColumn(name: string): boolean {
  const compact = compactName(name);
  return PERSONAL.some((part) => compact.includes(part));
}
