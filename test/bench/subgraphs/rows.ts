/** What a subgraph holds of an entity: plain values, other rows, lists of rows, and functions for fields with arguments. */
export interface Row {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

export type FieldFunction = (args: Readonly<Record<string, unknown>>) => unknown;

/** One subgraph: its root fields, and its entities by type and id. */
export interface Subgraph {
  readonly name: string;
  readonly root: Row;
  readonly entity: (typename: string, id: string) => Row | null;
}

export const SIZES = { agencies: 5000, officers: 5000, procedures: 1000, dossiers: 5000 } as const;

const LEVELS = ['tỉnh', 'huyện', 'xã'];
const FIELDS = ['Hộ tịch', 'Đất đai', 'Đăng ký kinh doanh', 'Xây dựng', 'Lao động', 'Y tế'];
const STATUSES = ['ĐANG_XỬ_LÝ', 'CHỜ_BỔ_SUNG', 'ĐÃ_TRẢ_KẾT_QUẢ', 'QUÁ_HẠN'];
const FAMILIES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi'];
const GIVEN = ['An', 'Bình', 'Châu', 'Dũng', 'Hạnh', 'Khôi', 'Lan', 'Minh', 'Ngọc', 'Phúc', 'Quang'];

export function createSubgraphs(): readonly Subgraph[] {
  return [createAgencies(), createOfficers(), createProcedures(), createDossiers()];
}

function createAgencies(): Subgraph {
  const agencies = rowsOf('A', SIZES.agencies, (place, id) => ({
    __typename: 'Agency',
    id,
    name: `Ủy ban nhân dân ${pick(LEVELS, place)} số ${place}`,
    level: pick(LEVELS, place),
    address: `${(place % 190) + 1} đường Trần Hưng Đạo, phường ${place % 23}, thành phố Hải Dương`,
    phone: `0220 3${String(100_000 + place)}`,
    head: reference('Officer', `O${place % 200}`),
  }));
  return {
    name: 'agencies',
    root: { __typename: 'Query', agency: withArgs(({ id }) => agencies.get(String(id)) ?? null) },
    entity: entities({ Agency: agencies }, ['Officer']),
  };
}

function createOfficers(): Subgraph {
  const officers = rowsOf('O', SIZES.officers, (place, id) => ({
    __typename: 'Officer',
    id,
    name: personName(place),
    title: place % 7 === 0 ? 'Trưởng phòng' : 'Chuyên viên',
    email: `can-bo-${place}@haiduong.example`,
    agency: reference('Agency', `A${place % 52}`),
  }));
  return {
    name: 'officers',
    root: { __typename: 'Query', officer: withArgs(({ id }) => officers.get(String(id)) ?? null) },
    entity: entities({ Officer: officers }, ['Agency']),
  };
}

function createProcedures(): Subgraph {
  const procedures = rowsOf('P', SIZES.procedures, (place, id) => ({
    __typename: 'Procedure',
    id,
    title: `Thủ tục ${place}: cấp giấy chứng nhận ${pick(FIELDS, place).toLowerCase()}`,
    field: pick(FIELDS, place),
    days: (place % 30) + 1,
    fee: (place % 12) * 5000,
    agency: reference('Agency', `A${place % 52}`),
    related: withArgs(({ first }) => slice(all, place + 1, first)),
  }));
  const all = [...procedures.values()];
  return {
    name: 'procedures',
    root: { __typename: 'Query', procedures: withArgs(({ first, from }) => slice(all, Number(from), first)) },
    entity: entities({ Procedure: procedures }, ['Agency']),
  };
}

function createDossiers(): Subgraph {
  const dossiers = rowsOf('D', SIZES.dossiers, (place, id) => ({
    __typename: 'Dossier',
    id,
    code: `000.00.${String(place % 52).padStart(2, '0')}.H23-240628-${String(place).padStart(4, '0')}`,
    status: pick(STATUSES, place),
    applicant: personName(place * 3),
    receivedAt: `2024-06-${String((place % 28) + 1).padStart(2, '0')}T08:00:00+07:00`,
    dueAt: `2024-07-${String((place % 28) + 1).padStart(2, '0')}T17:00:00+07:00`,
    note: `Hồ sơ nộp trực tuyến, kèm ${(place % 5) + 1} giấy tờ; trả kết quả tại bộ phận một cửa.`,
    receivingAgency: reference('Agency', `A${place % 52}`),
    handlingAgency: reference('Agency', `A${(place * 7) % 52}`),
    resultAgency: reference('Agency', `A${(place * 11) % 52}`),
    officer: reference('Officer', `O${place % 200}`),
    receiver: reference('Officer', `O${(place * 7) % 200}`),
    approver: reference('Officer', `O${(place * 11) % 200}`),
    procedure: reference('Procedure', `P${(place * 13) % 60}`),
  }));
  const all = [...dossiers.values()];
  const recent = (id: string): Row => ({
    ...reference('Procedure', id),
    recentDossiers: withArgs(({ first }) => slice(all, Number(id.slice(1)) * 5, first)),
  });
  const procedures = rowsOf('P', SIZES.procedures, (_place, id) => recent(id));
  return {
    name: 'dossiers',
    root: { __typename: 'Query', dossiers: withArgs(({ first, from }) => slice(all, Number(from), first)) },
    entity: entities({ Dossier: dossiers, Procedure: procedures }, ['Agency', 'Officer']),
  };
}

/** Rows whose ids are the prefix and their place: A0, A1 … */
function rowsOf(prefix: string, count: number, row: (place: number, id: string) => Row): Map<string, Row> {
  return new Map(
    Array.from({ length: count }, (_, place) => [`${prefix}${place}`, row(place, `${prefix}${place}`)]),
  );
}

function entities(
  held: Readonly<Record<string, ReadonlyMap<string, Row>>>,
  known: readonly string[],
): Subgraph['entity'] {
  return (typename, id) =>
    held[typename]?.get(id) ?? (known.includes(typename) ? reference(typename, id) : null);
}

function reference(typename: string, id: string): Row {
  return { __typename: typename, id };
}

/** Only names the type. */
function withArgs(resolve: FieldFunction): FieldFunction {
  return resolve;
}

/** Wraps around the end, so that any place is one to start from. */
function slice(rows: readonly Row[], from: number, first: unknown): readonly Row[] {
  return Array.from({ length: Number(first) }, (_, place) => rowAt(rows, from + place));
}

function rowAt(rows: readonly Row[], place: number): Row {
  const row = rows[place % rows.length];
  if (!row) throw new Error(`There is no row at place ${place}`);
  return row;
}

function pick(texts: readonly string[], place: number): string {
  return texts[place % texts.length] ?? '';
}

function personName(place: number): string {
  return `${pick(FAMILIES, place)} Thị ${pick(GIVEN, place * 5)} ${pick(GIVEN, place)}`;
}
