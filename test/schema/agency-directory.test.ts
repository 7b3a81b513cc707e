import { createAgencyDirectory, parseAgencyDirectory } from '../../schema/agency-directory';
import type { AgencyRecord } from '../../schema/agency-directory';
import { ConfigError } from '../../schema/runtime/config-error';
import { UnknownAgencyError } from '../../schema/unknown-agency-error';

/** Labour (X11) was split in 2025, agriculture and environment merged into X54, the province into H24. */
const directory = createAgencyDirectory([
  agency('H24', '000.00.00.H24', { parent: null, validTo: null }),
  agency('H23', '000.00.00.H23', { parent: null, successors: [['H24', '2025-07-01']] }),
  agency('H23.X03', '000.00.X03.H23', { validTo: null }),
  agency('H23.X04', '000.00.X04.H23', { successors: [['H23.X22', '2025-03-01']], validTo: null }),
  agency('H23.X06', '000.00.X06.H23', { validTo: '2025-02-28', successors: [['H23.X54', '2025-03-01']] }),
  agency('H23.X11', '000.00.X11.H23', {
    validTo: '2025-02-28',
    successors: [
      ['H23.X03', '2025-03-01'],
      ['H23.X22', '2025-03-01'],
      ['H23.X54', '2025-03-01'],
    ],
  }),
  agency('H23.X22', '000.00.X22.H23', { validTo: null }),
  agency('H23.X54', '000.00.X54.H23', { validFrom: '2025-03-01', successors: [['H24.X07', '2025-07-01']] }),
  agency('H24.X07', '000.00.X07.H24', { parent: 'H24', validFrom: '2025-07-01', validTo: null }),
]);

describe('find', () => {
  it.each(['H23.X04', '000.00.X04.H23'])('finds the agency by %s', (text) => {
    expect(directory.find(text)?.code).toBe('H23.X04');
  });

  it.each(['X04.H23', 'h23.x04', 'H23.X04 ', 'H23.X99', ''])(
    'looks up and never rewrites: %j is unknown',
    (text) => {
      expect(directory.find(text)).toBeUndefined();
    },
  );
});

describe('the tree and the succession', () => {
  it('lists the agencies right below', () => {
    expect(codes(directory.children('000.00.00.H24'))).toEqual(['H24.X07']);
  });

  it('goes back to all predecessors, nearest first', () => {
    expect(codes(directory.predecessors('H24.X07'))).toEqual(['H23.X54', 'H23.X06', 'H23.X11']);
  });

  it.each([
    ['H23.X11', '2024-06-28', ['H23.X11']],
    ['H23.X11', '2025-03-01', ['H23.X03', 'H23.X22', 'H23.X54']],
    ['H23.X11', '2025-07-01', ['H23.X03', 'H23.X22', 'H24.X07']],
    ['H23.X04', '2025-03-01', ['H23.X04', 'H23.X22']],
    ['H23.X03', '2030-01-01', ['H23.X03']],
  ])('follows what %s held to %s', (code, date, holders) => {
    expect(codes(directory.successorsAt(code, date))).toEqual(holders);
  });

  it('answers an ended agency itself while nobody has taken over', () => {
    const lonely = createAgencyDirectory([
      agency('H23', '000.00.00.H23', { parent: null, validTo: '2020-01-01' }),
    ]);

    expect(codes(lonely.successorsAt('H23', '2024-01-01'))).toEqual(['H23']);
  });

  it('comes to an end when successions run in a circle', () => {
    const circle = createAgencyDirectory([
      agency('H1', 'A', { parent: 'H2', validTo: '2020-01-01', successors: [['H2', '2020-01-01']] }),
      agency('H2', 'B', { parent: 'H1', validTo: '2020-01-01', successors: [['H1', '2020-01-01']] }),
    ]);

    expect(codes(circle.successorsAt('H1', '2021-01-01'))).toEqual(['H1']);
    expect(circle.expand(['H1'], { includeChildren: true, includePredecessors: true })).toEqual(['H1', 'H2']);
  });
});

describe('expand', () => {
  const exactly = { includeChildren: false, includePredecessors: false };

  it('answers canonical codes, each once, sorted', () => {
    expect(directory.expand(['H23.X22', '000.00.X04.H23', 'H23.X04'], exactly)).toEqual([
      'H23.X04',
      'H23.X22',
    ]);
    expect(directory.expand([], exactly)).toEqual([]);
  });

  it('adds children all the way down', () => {
    expect(directory.expand(['H24'], { ...exactly, includeChildren: true })).toEqual(['H24', 'H24.X07']);
  });

  it('adds predecessors all the way back', () => {
    expect(directory.expand(['H24.X07'], { ...exactly, includePredecessors: true })).toEqual([
      'H23.X06',
      'H23.X11',
      'H23.X54',
      'H24.X07',
    ]);
  });

  it('adds the children of predecessors when both are asked for', () => {
    const everything = { includeChildren: true, includePredecessors: true };

    expect(directory.expand(['H24'], everything)).toEqual(codes(directory.all()).toSorted());
  });

  it.each([
    ['X04.H23', 'H23.X04'],
    ['h23.x04 ', 'H23.X04'],
    ['H23-X04', 'H23.X04'],
    ['H23/04', 'H23.X04'],
    ['H23.4', 'H23.X04'],
    ['04.00.00.H23', '000.00.X04.H23'],
    ['000.00.04.H23', '000.00.X04.H23'],
    ['000-00-X04-H23', '000.00.X04.H23'],
    ['h23', 'H23'],
    ['H23.X99', null],
    ['H40.X04', null],
    ['', null],
  ])('refuses %j and suggests %j', (value, suggestion) => {
    const error = refusal(value);

    expect(error).toMatchObject({ code: 'UNKNOWN_AGENCY', value, suggestion });
    expect(error.message).toContain(JSON.stringify(value));
  });

  it('says how codes are written, with examples that exist', () => {
    expect(refusal('X04.H23').message).toBe(
      'No agency has the code "X04.H23". Did you mean "H23.X04"? Codes are written like "H23.X03" (Decision 20/2020/QĐ-TTg)' +
        ' or like "000.00.X03.H23" (QCVN 102:2016/BTTTT), exactly as listed in Agency.codes.',
    );
  });

  function refusal(value: string): UnknownAgencyError {
    try {
      directory.expand(['H23.X03', value], exactly);
    } catch (error) {
      if (error instanceof UnknownAgencyError) return error;
    }
    throw new Error(`"${value}" was not refused`);
  }
});

describe('ownersOfPrefix', () => {
  it.each(['H23.X04-240101-0001', '000.00.X04.H23-240101-0200015'])('finds who issued %s', (dossierCode) => {
    expect(directory.ownersOfPrefix(dossierCode)?.code).toBe('H23.X04');
  });

  it('finds nobody for an opaque code', () => {
    expect(directory.ownersOfPrefix('HS-2024-00017')).toBeUndefined();
  });
});

describe('createAgencyDirectory', () => {
  it('refuses a code that two agencies share', () => {
    const twice = [agency('H23.X01', '000.00.X01.H23', {}), agency('H23.X02', '000.00.X01.H23', {})];

    expect(() => createAgencyDirectory(twice)).toThrow(
      '"000.00.X01.H23" is a code of "H23.X01" and of "H23.X02"',
    );
  });
});

describe('parseAgencyDirectory', () => {
  it('reads records and fills what may be left out', () => {
    expect(parseAgencyDirectory([{ code: 'H23', name: 'left out' }])).toEqual([
      { code: 'H23', codes: [], parent: null, validFrom: null, validTo: null, successors: [] },
    ]);
  });

  it('names every mistake at once', () => {
    const input = [
      { code: 7, codes: [{ scheme: 'QD_20', text: 'H23-X01' }] },
      { code: 'H23.X02', validTo: '2025-02-30' },
    ];

    const mistakes = mistakesOf(() => parseAgencyDirectory(input));

    expect(mistakes).toHaveLength(4);
    expect(mistakes.join('\n')).toContain('[0].code: Invalid input: expected string, got 7');
    expect(mistakes.join('\n')).toContain('got "2025-02-30"');
  });

  it('refuses a parent or successor that is not in the list', () => {
    const input = [
      { code: 'H23.X01', parent: 'H23', successors: [{ code: 'H24', effectiveDate: '2025-07-01' }] },
    ];

    expect(mistakesOf(() => parseAgencyDirectory(input))).toEqual([
      '"H23.X01" has the parent "H23", which is not in the list',
      '"H23.X01" has the successor "H24", which is not in the list',
    ]);
  });
});

interface Rest {
  readonly parent?: string | null;
  readonly validFrom?: string;
  readonly validTo?: string | null;
  readonly successors?: readonly (readonly [code: string, effectiveDate: string])[];
}

function agency(code: string, qcvn: string, rest: Rest): AgencyRecord {
  const { parent = 'H23', validFrom = null, validTo = '2025-06-30', successors = [] } = rest;
  const always = { validFrom: null, validTo: null, fictitious: true };
  return {
    code,
    codes: [
      { scheme: 'QD_20_2020', text: code, ...always },
      { scheme: 'QCVN_102_2016', text: qcvn, ...always },
    ],
    parent,
    validFrom,
    validTo,
    successors: successors.map(([successor, effectiveDate]) => ({ code: successor, effectiveDate })),
  };
}

function codes(records: readonly AgencyRecord[]): string[] {
  return records.map(({ code }) => code);
}

function mistakesOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
  }
  throw new Error('nothing was refused');
}
