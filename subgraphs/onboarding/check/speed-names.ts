/** Vietnamese for the names of typical queries and for what indexes are for; what is not here is shown as it is. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['a dossier by its code', 'một hồ sơ theo mã'],
  ['a batch of 200 codes', 'một lô 200 mã hồ sơ'],
  ['a code that is not there', 'một mã không tồn tại'],
  ['the newest 20 dossiers of all agencies', '20 hồ sơ mới nhất của mọi cơ quan'],
  ['the newest 20 dossiers of one agency', '20 hồ sơ mới nhất của một cơ quan'],
  ['the next 20 due of one agency', '20 hồ sơ sắp đến hạn của một cơ quan'],
  ['a page of 20 overdue dossiers of one agency', '20 hồ sơ quá hạn của một cơ quan'],
  ['a page of 20 overdue dossiers of all agencies', '20 hồ sơ quá hạn của mọi cơ quan'],
  ['the figures of one agency, by month', 'thống kê theo tháng của một cơ quan'],
  ['the figures of every agency, by month', 'thống kê theo tháng của từng cơ quan'],
  ['a dossier by another of its codes', 'một hồ sơ theo mã phụ'],
  [
    'pages and figures of one agency, by the date of receipt',
    'hồ sơ và thống kê của một cơ quan theo ngày tiếp nhận',
  ],
  ['what one agency has due and overdue', 'hồ sơ đến hạn và quá hạn của một cơ quan'],
  ['pages of all agencies, by the date of receipt', 'hồ sơ của mọi cơ quan theo ngày tiếp nhận'],
  ['what is due and overdue', 'hồ sơ đến hạn và quá hạn'],
  ['the supplements of a dossier', 'các lần bổ sung của một hồ sơ'],
  ['the steps of a dossier', 'các bước xử lý của một hồ sơ'],
  ['what a value of a dossier means in the catalogue of the system', 'tra cứu danh mục của hệ thống'],
]);

export function vietnameseName(name: string): string {
  return NAMES.get(name) ?? name;
}
