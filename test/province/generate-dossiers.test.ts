import { schemeOf } from '../../schema/agency-code';
import { createWorkingCalendar, localDay } from '../../schema/calendar';
import { readDossierCodeShape } from '../../schema/dossier-code-shape';
import { generateDossiers, type GenerateDossiersOptions } from '../../subgraphs/province/generate-dossiers';
import { createTestProvince } from '../support/test-province';

const province = createTestProvince({ seed: 'tests', count: 20_000 });
const { dossiers, now } = province;

/** One busy office with one procedure of three working days. */
function oneOffice(options: Partial<GenerateDossiersOptions> = {}) {
  const habit = { formerNotationUntil: '2024-01-31', counterDigits: 4, ownRegister: null };
  return generateDossiers({
    seed: '1',
    count: 100,
    agencies: [{ code: 'H99.X01', formerCode: '000.00.X01.H99', volume: 1, ...habit }],
    procedures: [
      {
        code: '1.000001',
        name: 'Thủ tục',
        field: null,
        weight: 1,
        limit: { workingDays: 3 },
        handlers: ['H99.X01'],
      },
    ],
    calendar: createWorkingCalendar([]),
    today: '2024-02-29T10:00:00+07:00',
    firstDay: '2024-01-01',
    ...options,
  });
}

describe('generated dossiers', () => {
  it('are the same for the same seed and others for another', () => {
    const codesAndDates = (seed: string) => JSON.stringify([...oneOffice({ seed })]);

    expect(codesAndDates('1')).toBe(codesAndDates('1'));
    expect(codesAndDates('1')).not.toBe(codesAndDates('2'));
  });

  it('are as many as asked for, in the order of their submission days', () => {
    const days = dossiers.map(({ submittedAt }) => localDay(submittedAt));

    expect(dossiers).toHaveLength(20_000);
    expect(days).toEqual(days.toSorted());
  });

  it('come one at a time: the first of a billion is there at once', () => {
    const { value: first } = oneOffice({ count: 1_000_000_000 }).next();

    expect(first?.code).toBe('000.00.X01.H99-240101-0001');
  });

  it('are marked as made up', () => {
    expect(new Set(dossiers.map(({ applicant }) => applicant))).toEqual(new Set(['HỒ SƠ GIẢ LẬP']));
  });

  it('have codes that no two share, in both notations and with counters of both lengths', () => {
    const codes = dossiers.map(({ code, aliases }) => aliases[0] ?? code);
    const shapes = codes.map((code) => readDossierCodeShape(code));

    expect(new Set(dossiers.map(({ code }) => code)).size).toBe(dossiers.length);
    expect(shapes).not.toContain(null);
    expect(new Set(shapes.map((shape) => schemeOf(shape?.prefix ?? '')))).toEqual(
      new Set(['QCVN_102_2016', 'QD_20_2020']),
    );
    expect(new Set(shapes.map((shape) => shape?.counter.length))).toEqual(new Set([4, 7]));
  });

  it('keep the true code as an alias where an office numbers by its own register', () => {
    const registered = dossiers.filter(({ aliases }) => aliases.length > 0);

    expect(registered.length).toBeGreaterThan(50);
    for (const { code, aliases } of registered) {
      expect(readDossierCodeShape(code)).toBeNull();
      expect(readDossierCodeShape(aliases[0] ?? '')).not.toBeNull();
    }
  });

  it('are promised for days that are worked', () => {
    const promised = dossiers.flatMap(({ dueAt, supplements }) => [
      dueAt,
      ...supplements.flatMap(({ dueBefore, dueAfter }) => [dueBefore, dueAfter]),
    ]);
    const onDaysOff = promised.filter(
      (due) => due !== null && !province.calendar.isWorkingDay(localDay(due)),
    );

    expect(onDaysOff).toEqual([]);
  });

  it('keep the time of the day when days are counted in working days', () => {
    // Friday, and the third working day after it is Wednesday.
    const dossier = [...oneOffice({ count: 500 })].find(
      ({ receivedAt, dueAt, supplements }) =>
        receivedAt?.startsWith('2024-01-05') && dueAt !== null && supplements.length === 0,
    );

    expect(dossier?.dueAt).toBe(`2024-01-10${dossier?.receivedAt?.slice(10)}`);
  });

  it('end late in about one of a hundred', () => {
    const finished = dossiers.filter(({ finishedAt, dueAt }) => finishedAt !== null && dueAt !== null);
    const late = finished.filter(
      ({ finishedAt, dueAt }) => localDay(finishedAt ?? '') > localDay(dueAt ?? ''),
    );

    expect(late.length / finished.length).toBeGreaterThan(0.006);
    expect(late.length / finished.length).toBeLessThan(0.014);
  });

  it('tell nothing that lies after the clock of the province', () => {
    const told = dossiers.flatMap(
      ({ submittedAt, receivedAt, finishedAt, returnedAt, refusedAt, supplements, steps }) => [
        ...[submittedAt, receivedAt, finishedAt, returnedAt, refusedAt],
        ...supplements.flatMap(({ requestedAt, completedAt }) => [requestedAt, completedAt]),
        ...steps.map(({ at }) => at),
      ],
    );

    expect(told.filter((instant) => instant !== null && instant > now)).toEqual([]);
  });

  it('happen in order: submitted, received, worked on, finished, returned', () => {
    const isSorted = (instants: readonly string[]) =>
      instants.every((instant, place) => place === 0 || (instants[place - 1] ?? '') <= instant);
    const disordered = dossiers.filter(({ submittedAt, receivedAt, finishedAt, returnedAt, steps }) => {
      const instants = [submittedAt, receivedAt, finishedAt, returnedAt].filter(
        (instant) => instant !== null,
      );
      return !isSorted(instants) || !isSorted(steps.map(({ at }) => at));
    });

    expect(disordered).toEqual([]);
  });

  it('have the dates that their status needs, and only those', () => {
    const dated = new Map<number, Set<string>>();
    for (const { status, receivedAt, finishedAt, returnedAt, refusedAt } of dossiers) {
      const names = Object.entries({ receivedAt, finishedAt, returnedAt, refusedAt })
        .filter(([, instant]) => instant !== null)
        .map(([name]) => name)
        .join(' ');
      dated.set(status, (dated.get(status) ?? new Set()).add(names));
    }

    expect(Object.fromEntries([...dated].filter(([status]) => [3, 4, 7, 9, 10].includes(status)))).toEqual({
      3: new Set(['refusedAt']),
      4: new Set(['receivedAt']),
      7: new Set(['receivedAt refusedAt']),
      9: new Set(['receivedAt finishedAt']),
      10: new Set(['receivedAt finishedAt returnedAt']),
    });
  });

  it('move the promised day when the applicant completed the papers', () => {
    const supplemented = dossiers.filter(({ supplements }) => supplements.length > 0);
    const completed = supplemented.filter(({ supplements }) => supplements.at(-1)?.completedAt !== null);

    expect(supplemented.length / dossiers.length).toBeGreaterThan(0.02);
    expect(supplemented.some(({ supplements }) => supplements.length === 2)).toBe(true);
    for (const { dueAt, supplements } of completed) {
      const last = supplements.at(-1);
      expect(dueAt).toBe(last?.dueAfter);
      if (last?.dueBefore != null) expect((last.dueAfter ?? '') > last.dueBefore).toBe(true);
    }
  });

  it('are received by one office for another now and then, and by the service centre always', () => {
    const centre = province.agencies.find(({ key }) => key === 'pvhcc')?.code;
    const foreign = dossiers.filter(
      ({ receivingAgency, handlingAgency }) => receivingAgency !== handlingAgency,
    );
    const ofCentre = dossiers.filter(({ receivingAgency }) => receivingAgency === centre);

    expect(foreign.length / dossiers.length).toBeLessThan(0.05);
    expect(ofCentre.length).toBeGreaterThan(0);
    expect(ofCentre.every(({ handlingAgency }) => handlingAgency !== centre)).toBe(true);
  });

  it('are still open and overdue in some offices at the clock', () => {
    const overdue = dossiers.filter(
      ({ receivedAt, finishedAt, refusedAt, dueAt }) =>
        receivedAt !== null && finishedAt === null && refusedAt === null && dueAt !== null && dueAt < now,
    );

    expect(overdue.length).toBeGreaterThan(3);
    expect(overdue.length).toBeLessThan(100);
  });
});
