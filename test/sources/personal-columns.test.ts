import { LAYOUT_A_TABLES, layoutAMapping } from '../../subgraphs/sources/layouts/layout-a';
import { LAYOUT_B_TABLES, layoutBMapping } from '../../subgraphs/sources/layouts/layout-b';
import { LAYOUT_D_TABLES, layoutDMapping } from '../../subgraphs/sources/layouts/layout-d';

const agencies = { '1': 'H23.X01' };

/** Names, identity numbers, addresses, telephones, free text, and the officials' names. */
const PERSONAL = {
  A: [
    'ChuHoSo',
    'SoGiayToChuHoSo',
    'NgaySinhChuHoSo',
    'SoDienThoaiChuHoSo',
    'NguoiUyQuyen',
    'TrichYeuHoSo',
    'NguoiDangXuLy',
    'NguoiYeuCauBoSung',
    'NoiDungBoSung',
    'NguoiGui',
    'NguoiNhan',
    'NoiDung',
  ],
  B: [
    'HOTENNGUOINOPHOSO',
    'CHUSOHUU',
    'DIACHITHUONGTRUNGUOINOP',
    'CMNDNGUOINHAN',
    'TRICHYEU',
    'TENCANBOTIEPNHAN',
  ],
  D: [
    'applicantName',
    'applicantIdType',
    'applicantIdNo',
    'contactEmail',
    'contactTelNo',
    'actionUser',
    'actionNote',
  ],
} as const;

const LAYOUTS = {
  A: { tables: LAYOUT_A_TABLES, mapping: layoutAMapping({ agencies }) },
  B: { tables: LAYOUT_B_TABLES, mapping: layoutBMapping({ agencies }) },
  D: { tables: LAYOUT_D_TABLES, mapping: layoutDMapping({ agencies }) },
};

describe.each(['A', 'B', 'D'] as const)('layout %s', (layout) => {
  it.each(PERSONAL[layout])('has a column %s, and its mapping does not name it', (column) => {
    const { tables, mapping } = LAYOUTS[layout];
    expect(tables.join('\n')).toMatch(new RegExp(`^ +${column} `, 'm'));
    expect(JSON.stringify(mapping)).not.toContain(`"${column}"`);
  });
});
