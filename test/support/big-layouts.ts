import type { TestDatabase } from './servers/test-databases';

/** As randomness that every run has alike: a number from 0 to `below` for each i. */
const spread = (i: string, salt: number, below: number) =>
  `((${i} * ${2_654_435_761 + salt * 2} % 4294967296) % ${below})`;

const DAYS = 1_500;

/**
 * Rows of layout A's twin, made by the database itself: four agencies among forty have most, dates of some four years up to June 2024, a
 * dossier in ten unfinished.
 */
export async function fillLayoutA(database: TestDatabase, rows: number): Promise<void> {
  const received = `timestamp '2020-05-20 08:00:00' + (i::bigint * ${DAYS} * 86400 / ${rows}) * interval '1 second'`;
  await database.sql(`
    INSERT INTO catalog."LinhVucs" SELECT 'G' || i, 'Lĩnh vực ' || i FROM generate_series(0, 49) AS i;
    INSERT INTO business."HoSos" ("MaHoSo", "MaHoSoKhac", "MaTTHC", "MaLinhVuc", "DonViId", "DonViXuLyId", "KenhThucHien",
      "NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra", "TrangThaiHoSoId")
    SELECT 'H23.X' || i % 40 || '-' || i, CASE WHEN i % 3 = 0 THEN 'BN-' || i END, '1.' || lpad((${spread('i::bigint', 1, 2000)})::text, 6, '0'),
      'G' || i % 50, 10 + ${spread('i::bigint', 2, 40)}, 10, 1 + i % 3, r - interval '1 hour', r,
      CASE WHEN i % 50 > 0 THEN r + (1 + ${spread('i::bigint', 3, 20)}) * interval '1 day' END, f, CASE WHEN i % 2 = 0 THEN f + interval '1 day' END,
      CASE WHEN f IS NULL THEN 4 ELSE 10 END
    FROM (SELECT i, ${received} AS r, CASE WHEN ${spread('i::bigint', 4, 100)} >= 5 AND i < ${rows} * 0.99
        THEN ${received} + (1 + ${spread('i::bigint', 5, 25)}) * interval '1 day' END AS f FROM generate_series(1, ${rows}) AS i) AS g`);
}

/** As `fillLayoutA`, in layout B. */
export async function fillLayoutB(database: TestDatabase, rows: number): Promise<void> {
  const none = `TIMESTAMP '1753-01-01 00:00:00'`;
  const received = `TIMESTAMP '2020-05-20 08:00:00' + INTERVAL (i * ${DAYS} * 86400 DIV ${rows}) SECOND`;
  await database.sql(`
    INSERT INTO cmon_nhomthutuchanhchinh SELECT seq, CONCAT('Lĩnh vực ', seq) FROM seq_0_to_49;
    INSERT INTO cmon_thutuchanhchinh (MA, TEN, NHOMTHUTUCHANHCHINHID) SELECT CONCAT('1.', seq), CONCAT('Thủ tục ', seq), seq % 50 FROM seq_0_to_1999;
    INSERT INTO cmon_hosotthccong (ID, MASOHOSO, MASOBIENNHAN, TENTHUTUCHANHCHINH, HINHTHUCNOP, NGAYNOPHOSO, NGAYNHANHOSO, NGAYHENTRAKETQUA,
      NGAYXULYXONG, NGAYTRAKETQUA, TRANGTHAIHOSO, TENCOQUANTIEPNHAN, TENCOQUANXULY)
    SELECT i, CONCAT('H23.X', i % 40, '-', i), CASE WHEN i % 3 = 0 THEN CONCAT('BN-', i) END, CONCAT('Thủ tục ', ${spread('i', 1, 2000)}),
      ELT(1 + i % 3, 'Trực tiếp', 'Trực tuyến', 'Bưu chính công ích'), r, r,
      CASE WHEN i % 50 > 0 THEN r + INTERVAL (1 + ${spread('i', 3, 20)}) DAY ELSE ${none} END, f,
      CASE WHEN i % 2 = 0 THEN f ELSE ${none} END, CASE WHEN f = ${none} THEN 'Đang xử lý' ELSE 'Đã trả kết quả' END,
      CONCAT('Sở H23.X', LPAD(1 + ${spread('i', 2, 40)}, 2, '0')), 'Sở H23.X01'
    FROM (SELECT seq AS i, ${received.replaceAll('i *', 'seq *')} AS r, CASE WHEN ${spread('seq', 4, 100)} >= 5 AND seq < ${rows} * 0.99
        THEN ${received.replaceAll('i *', 'seq *')} + INTERVAL (1 + ${spread('seq', 5, 25)}) DAY ELSE ${none} END AS f FROM seq_1_to_${rows}) AS g`);
}
