import type { FieldOf, Role } from './mapped-fields';

/** The names of the columns of one table by our fields, the likelier first. */
export type LayoutColumns<R extends Role> = Readonly<Partial<Record<FieldOf<R>, readonly string[]>>>;

export interface LayoutTable<R extends Role> {
  /** Without schema and prefix: `HoSos` also finds `Business.HoSos` and `td_HoSos`. */
  readonly names: readonly string[];
  readonly columns: LayoutColumns<R>;
}

export interface LayoutLookup {
  readonly table: string;
  readonly match: string;
  readonly value: string;
}

/** What status values mean: the numbers of the national list, its words, or those of OpenCPS or of the JSON one-stop. */
export type StatusVocabulary = 'national-numbers' | 'national-words' | 'opencps' | 'json-one-stop';

/** A kind of system that is known: what its tables and columns are called. A further kind is a further entry here, no code. */
export interface KnownLayout {
  readonly letter: string;
  readonly title: string;
  readonly tables: { readonly [R in Role]?: LayoutTable<R> };
  readonly statuses?: StatusVocabulary;
  /** Where a value of the dossier leads on, each tried until one fits the tables that are there. */
  readonly lookups?: {
    readonly procedure?: readonly { readonly column: string; readonly through: readonly LayoutLookup[] }[];
    readonly field?: readonly { readonly column: string; readonly through: readonly LayoutLookup[] }[];
  };
  /** What the system writes where it has no date. */
  readonly noDate?: string;
  /** Channel values by ours. */
  readonly channels?: Readonly<Record<string, 'DIRECT' | 'ONLINE' | 'POSTAL'>>;
  /** Names of operations or tables that no other kind of system has. */
  readonly signs?: readonly string[];
  readonly note?: string;
}

/** The layouts A to G of the domain reference. */
export const KNOWN_LAYOUTS: readonly KnownLayout[] = [
  {
    letter: 'A',
    title: 'a modern provincial platform (schemas Business and Catalog)',
    statuses: 'national-numbers',
    channels: { '1': 'DIRECT', '2': 'ONLINE', '3': 'POSTAL' },
    tables: {
      dossiers: {
        names: ['HoSos'],
        columns: {
          code: ['MaHoSo'],
          aliases: ['MaHoSoKhac', 'SoBienNhan'],
          procedure: ['MaTTHC'],
          field: ['MaLinhVuc'],
          receivingAgency: ['DonViId'],
          handlingAgency: ['DonViXuLyId'],
          status: ['TrangThaiHoSoId'],
          channel: ['KenhThucHien'],
          submitted: ['NgayNopHoSo'],
          received: ['NgayTiepNhan'],
          due: ['NgayHenTra'],
          finished: ['NgayKetThucXuLy'],
          returned: ['NgayTra'],
          refused: ['NgayTuChoi'],
          deleted: ['IsDeleted'],
          synthetic: ['DuLieuMau'],
        },
      },
      supplements: {
        names: ['HoSoBoSungs'],
        columns: {
          dossier: ['MaHoSo'],
          requestedAt: ['NgayBoSung'],
          completedAt: ['NgayTiepNhanBoSung'],
          dueBefore: ['NgayHenTraTruoc'],
          dueAfter: ['NgayHenTraMoi'],
        },
      },
      steps: {
        names: ['QuaTrinhXuLyHoSos'],
        columns: {
          dossier: ['MaHoSo'],
          at: ['ThoiGian'],
          status: ['TrangThai'],
          unit: ['PhongBan'],
          dueAt: ['NgayHetHanBuocXuLy'],
        },
      },
      agencies: {
        names: ['Groups'],
        columns: {
          key: ['Id', 'GroupId', 'GroupCode'],
          code: ['MaDinhDanh'],
          name: ['TenDonVi', 'GroupName', 'Name'],
        },
      },
      catalogue: {
        names: ['ThuTucs'],
        columns: {
          code: ['MaTTHC'],
          name: ['TenTTHC'],
          hasLocalCode: ['LaMaDiaPhuong'],
          field: ['LinhVucChinh'],
          levels: ['CapThucHien'],
          agencyKind: ['LoaiCoQuan'],
          performingAgency: ['CoQuanThucHienChinh'],
          channels: ['CachThucThucHien'],
          time: ['ThoiGianGiaiQuyet'],
          directTime: ['ThoiGianTrucTiep'],
          onlineTime: ['ThoiGianTrucTuyen'],
          postalTime: ['ThoiGianBuuChinh'],
          workingDays: ['SoNgayLamViec'],
          feeMin: ['LePhiTu'],
          feeMax: ['LePhiDen'],
          isOnlineAvailable: ['NopTrucTuyen'],
          onlineLevel: ['MucDo'],
          legalBasis: ['CanCuPhapLy'],
          decision: ['QuyetDinhCongBo'],
          result: ['KetQuaThucHien'],
          applicants: ['DoiTuongThucHien'],
        },
      },
    },
    lookups: {
      field: [
        {
          column: 'MaLinhVuc',
          through: [{ table: 'LinhVucs', match: 'MaLinhVuc', value: 'TenLinhVuc' }],
        },
      ],
    },
  },
  {
    letter: 'B',
    title: 'an older one-stop system (cmon: capitals without accents, procedures and agencies by name)',
    statuses: 'national-words',
    noDate: '1753-01-01',
    tables: {
      dossiers: {
        names: ['hosotthccong'],
        columns: {
          code: ['MASOHOSO'],
          aliases: ['MASOBIENNHAN'],
          procedureName: ['TENTHUTUCHANHCHINH'],
          receivingAgency: ['TENCOQUANTIEPNHAN'],
          handlingAgency: ['TENCOQUANXULY'],
          status: ['TRANGTHAIHOSO'],
          channel: ['HINHTHUCNOP'],
          submitted: ['NGAYNOPHOSO'],
          received: ['NGAYNHANHOSO'],
          due: ['NGAYHENTRAKETQUA'],
          finished: ['NGAYXULYXONG'],
          returned: ['NGAYTRAKETQUA'],
          refused: ['NGAYTUCHOI'],
          deleted: ['DAXOA'],
          synthetic: ['DULIEUMAU'],
        },
      },
      catalogue: {
        names: ['thutuchanhchinh'],
        columns: {
          code: ['MA'],
          name: ['TEN'],
          hasLocalCode: ['MATUDAT'],
          field: ['NHOMTHUTUCHANHCHINH'],
          levels: ['CAPTHUCHIEN'],
          agencyKind: ['LOAICOQUAN'],
          performingAgency: ['COQUANTHUCHIEN'],
          channels: ['CACHTHUCHIEN'],
          time: ['SONGAYXULY'],
          timeUnit: ['DONVITHOIGIAN'],
          directTime: ['THOIGIANTRUCTIEP'],
          onlineTime: ['THOIGIANQUAMANG'],
          postalTime: ['THOIGIANBUUDIEN'],
          workingDays: ['SONGAYLAMVIEC'],
          feeMin: ['LEPHI'],
          feeMax: ['LEPHITOIDA'],
          feeUnit: ['DONVILEPHI'],
          isOnlineAvailable: ['QUAMANG'],
          onlineLevel: ['MUCDODICHVUCONG'],
          legalBasis: ['CANCUPHAPLY'],
          decision: ['SOQUYETDINH'],
          result: ['KETQUA'],
          applicants: ['DOITUONG'],
          deleted: ['DAXOA'],
        },
      },
    },
    lookups: {
      procedure: [
        {
          column: 'TENTHUTUCHANHCHINH',
          through: [{ table: 'thutuchanhchinh', match: 'TEN', value: 'MA' }],
        },
      ],
      field: [
        {
          column: 'TENTHUTUCHANHCHINH',
          through: [
            { table: 'thutuchanhchinh', match: 'TEN', value: 'NHOMTHUTUCHANHCHINHID' },
            { table: 'nhomthutuchanhchinh', match: 'ID', value: 'TEN' },
          ],
        },
        {
          column: 'TENTHUTUCHANHCHINH',
          through: [{ table: 'thutuchanhchinh', match: 'TEN', value: 'NHOMTHUTUCHANHCHINH' }],
        },
      ],
    },
  },
  {
    letter: 'C',
    title: 'a web one-stop with a JSON envelope (HO_SO_ONLINE)',
    statuses: 'json-one-stop',
    signs: ['HO_SO_ONLINE', 'DINH_KEM_ONLINE', 'TrangThaiHS'],
    tables: {
      dossiers: {
        names: ['HO_SO_ONLINE'],
        columns: {
          code: ['FCode', 'MaHoSo'],
          procedure: ['MaDichVu', 'MaThuTuc'],
          receivingAgency: ['MaDonVi'],
          status: ['TrangThaiHS'],
          received: ['NgayTiepNhan', 'FCreateTime'],
          due: ['NgayHenTra'],
          finished: ['NgayKetThuc'],
          returned: ['NgayTra'],
        },
      },
    },
  },
  {
    letter: 'D',
    title: 'OpenCPS (English camel case, epoch milliseconds)',
    statuses: 'opencps',
    channels: { '0': 'DIRECT', '1': 'ONLINE', '2': 'POSTAL' },
    tables: {
      dossiers: {
        names: ['dossier', 'dossiers'],
        columns: {
          code: ['dossierNo'],
          aliases: ['referenceUid', 'registerBookCode'],
          procedure: ['serviceCode'],
          receivingAgency: ['govAgencyCode'],
          handlingAgency: ['processAgencyCode'],
          status: ['dossierStatus'],
          channel: ['submissionMethod'],
          submitted: ['submitDate'],
          received: ['receiveDate'],
          due: ['dueDate'],
          finished: ['releaseDate'],
          returned: ['finishDate'],
          refused: ['cancellingDate'],
          deleted: ['removed'],
          synthetic: ['sampleData'],
          updatedAt: ['modifiedDate'],
        },
      },
      steps: {
        names: ['dossieraction'],
        columns: {
          dossier: ['dossierId'],
          at: ['createDate'],
          status: ['dossierStatus'],
          unit: ['stepUnit'],
          dueAt: ['dueDate'],
        },
      },
      catalogue: {
        names: ['serviceinfo'],
        columns: {
          code: ['serviceCode'],
          name: ['serviceName'],
          hasLocalCode: ['isLocalCode'],
          field: ['domainName'],
          levels: ['serviceLevels'],
          agencyKind: ['administrationType'],
          performingAgency: ['administrationName'],
          channels: ['processMethods'],
          time: ['durationCount'],
          timeUnit: ['durationUnit'],
          directTime: ['directDuration'],
          onlineTime: ['onlineDuration'],
          postalTime: ['postalDuration'],
          workingDays: ['workingDays'],
          feeMin: ['feeMin'],
          feeMax: ['feeMax'],
          isOnlineAvailable: ['isOnline'],
          onlineLevel: ['maxLevel'],
          legalBasis: ['regularText'],
          decision: ['decisionNo'],
          result: ['resultText'],
          applicants: ['applicantText'],
        },
      },
    },
    lookups: {
      field: [
        {
          column: 'serviceCode',
          through: [{ table: 'serviceinfo', match: 'serviceCode', value: 'domainName' }],
        },
      ],
    },
  },
  {
    letter: 'E',
    title: 'VNPT iGate style (a local procedure id beside the national code)',
    signs: ['MaTTHCDP', 'MaCoQuanThucHien', 'vnconnect'],
    tables: {
      dossiers: {
        names: ['HoSo', 'HoSoDienTu'],
        columns: {
          code: ['MaHoSo', 'SoHoSo'],
          procedure: ['MaTTHC', 'MaTTHCDP', 'MaDVC'],
          receivingAgency: ['MaCoQuanThucHien'],
          status: ['TrangThai', 'TrangThaiHoSo'],
          received: ['NgayTiepNhan'],
          due: ['NgayHenTra'],
        },
      },
    },
  },
  {
    letter: 'F',
    title: 'a catalogue in Excel (sheet TTHC…)',
    tables: {
      catalogue: {
        names: ['TTHC'],
        columns: {
          code: ['Mã TTHC'],
          name: ['Tên TTHC'],
          decision: ['Số quyết định'],
          field: ['Lĩnh vực'],
          levels: ['Cấp thực hiện'],
          applicants: ['Đối tượng'],
          performingAgency: ['Cơ quan thực hiện'],
          publishedBy: ['Cơ quan ban hành'],
        },
      },
    },
  },
  {
    letter: 'G',
    title: 'an XML service of the national platform (SOAP, numeric error codes)',
    signs: ['LayDanhSachTTHC', 'LayThuTuc', 'TraCuuHoSo', 'DongBoHoSoMC', 'CapNhatTienDoHoSoMC'],
    statuses: 'national-numbers',
    channels: { '1': 'DIRECT', '2': 'ONLINE', '3': 'POSTAL' },
    tables: {
      dossiers: {
        names: ['DongBoHoSoMC', 'TraCuuHoSo', 'LayDanhSachHoSo'],
        columns: {
          code: ['MaHoSo'],
          aliases: ['SoBienNhan'],
          procedure: ['MaTTHC'],
          field: ['TenLinhVuc', 'MaLinhVuc'],
          receivingAgency: ['MaDonVi', 'DonViTiepNhan'],
          handlingAgency: ['DonViXuLy'],
          status: ['TrangThaiHoSo'],
          channel: ['KenhThucHien'],
          submitted: ['NgayNopHoSo'],
          received: ['NgayTiepNhan'],
          due: ['NgayHenTra'],
          finished: ['NgayKetThucXuLy'],
          returned: ['NgayTra'],
          refused: ['NgayTuChoi'],
        },
      },
      catalogue: {
        names: ['LayDanhSachTTHC', 'LayThuTuc'],
        columns: {
          code: ['MATTHC'],
          name: ['TENTTHC'],
          publishedBy: ['MACOQUANCONGBO'],
          decision: ['IDQUYETDINHCONGBO'],
        },
      },
    },
  },
];
