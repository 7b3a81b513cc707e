import { runCourse, type CourseParts } from './dossier-course';
import { DossierNumbering } from './dossier-numbering';
import { OfficeCalendar, type WorkingDays } from './office-calendar';
import { createRandom, type Random } from './random';
import { SYNTHETIC_APPLICANT, type SyntheticChannel, type SyntheticDossier } from './synthetic-dossier';
import { createWeightedChoice } from './weighted-choice';
import type { WorkloadAgency, WorkloadProcedure } from './workload';

export interface GenerateDossiersOptions {
  readonly seed: string;
  readonly count: number;
  readonly agencies: readonly WorkloadAgency[];
  readonly procedures: readonly WorkloadProcedure[];
  readonly calendar: WorkingDays;
  /** The clock of the province, an ISO instant: nothing later has happened. */
  readonly today: string;
  /** The first day that anything is submitted. */
  readonly firstDay: string;
}

/** One office takes in a dossier that another decides (phi địa giới hành chính). */
const FOREIGN_SHARE = 0.012;
const NON_WORKING_DAY_VOLUME = 0.05;
const ONLINE_SHARES: Readonly<Record<string, number>> = { 2020: 0.08, 2021: 0.15, 2022: 0.35, 2023: 0.55 };
const ONLINE_SHARE_SINCE = 0.65;
const POSTAL_SHARE = 0.04;

/**
 * The dossiers of a province, day by day, the same for the same options on every machine. One at a time: the memory it takes does
 * not depend on `count`.
 */
export function* generateDossiers(
  options: GenerateDossiersOptions,
): Generator<SyntheticDossier, void, undefined> {
  const random = createRandom(options.seed);
  const now = Math.floor(Date.parse(options.today) / 1_000);
  const calendar = new OfficeCalendar(options.firstDay, yearsAfter(options.today, 4), options.calendar);
  const numbering = new DossierNumbering(random);
  const desks = createDesks(options);
  const parts: CourseParts = { calendar, random, now };
  // A day counts once its desks have been open for two hours, so that a drawn hour can have passed.
  const lastDay = calendar.dayOf(now - 9 * 3_600);
  const volumes = dayVolumes(calendar, lastDay);
  const total = volumes.reduce((sum, volume) => sum + volume, 0);

  let planned = 0;
  let produced = 0;
  for (let day = 0; day <= lastDay; day += 1) {
    planned += volumes[day] ?? 0;
    const goal = day === lastDay ? options.count : Math.round((options.count * planned) / total);
    while (produced < goal) {
      const dossier = createDossier(day, desks, numbering, parts);
      // On the last day a drawn hour may still be to come; another is drawn then.
      if (dossier === null) continue;
      produced += 1;
      yield dossier;
    }
  }
}

function yearsAfter(instant: string, years: number): string {
  return `${Number(instant.slice(0, 4)) + years}-12-31`;
}

/** People come more each year and online on any day; of the last day only the part that has passed counts. */
function dayVolumes(calendar: OfficeCalendar, lastDay: number): readonly number[] {
  const firstYear = Number(calendar.dayText(0).slice(0, 4));
  return Array.from({ length: lastDay + 1 }, (_, day) => {
    const growth = 1 + 0.12 * (Number(calendar.dayText(day).slice(0, 4)) - firstYear);
    const passed = day === lastDay ? 0.3 : 1;
    return growth * passed * (calendar.isWorkingDay(day) ? 1 : NON_WORKING_DAY_VOLUME);
  });
}

interface Desk {
  readonly agency: WorkloadAgency;
  /** Null when the office decides nothing itself and receives for others only. */
  readonly chooseOwn: ((random: Random) => WorkloadProcedure) | null;
}

interface Desks {
  readonly choose: (random: Random) => Desk;
  /** Those that decide something: a foreign dossier is for one of them. */
  readonly chooseHandler: (random: Random) => Desk;
}

function createDesks({ agencies, procedures }: GenerateDossiersOptions): Desks {
  const byHandler = new Map<string, WorkloadProcedure[]>();
  for (const procedure of procedures) {
    for (const handler of procedure.handlers) {
      const own = byHandler.get(handler);
      if (own === undefined) byHandler.set(handler, [procedure]);
      else own.push(procedure);
    }
  }
  const desks = agencies.map((agency): Desk => {
    const own = byHandler.get(agency.code);
    return {
      agency,
      chooseOwn: own === undefined ? null : createWeightedChoice(own, ({ weight }) => weight),
    };
  });
  const volumeOf = ({ agency }: Desk) => agency.volume;
  const handlers = desks.filter(({ chooseOwn }) => chooseOwn !== null);
  return {
    choose: createWeightedChoice(desks, volumeOf),
    chooseHandler: createWeightedChoice(handlers, volumeOf),
  };
}

function createDossier(
  day: number,
  desks: Desks,
  numbering: DossierNumbering,
  parts: CourseParts,
): SyntheticDossier | null {
  const { random, calendar } = parts;
  const receiver = desks.choose(random);
  const isForeign = receiver.chooseOwn === null || random.chance(FOREIGN_SHARE);
  const handler = isForeign ? desks.chooseHandler(random) : receiver;
  if (handler.chooseOwn === null) throw new Error('A desk that decides nothing was drawn as handler');
  const procedure = handler.chooseOwn(random);
  const channel = drawChannel(day, parts);
  const course = runCourse(
    { day, channel, limit: procedure.limit, isForwarded: handler.agency.code !== receiver.agency.code },
    parts,
  );
  if (course === null) return null;

  // Some offices let the deciding one give the number: then the code's prefix is not the receiving agency's.
  const issuer = isForeign && random.chance(0.4) ? handler.agency : receiver.agency;
  const number = numbering.next(issuer, calendar.dayText(day));
  return {
    ...number,
    procedureCode: procedure.code,
    procedureName: procedure.name,
    field: procedure.field,
    receivingAgency: receiver.agency.code,
    handlingAgency: handler.agency.code,
    channel,
    applicant: SYNTHETIC_APPLICANT,
    ...course,
  };
}

function drawChannel(day: number, { calendar, random }: CourseParts): SyntheticChannel {
  if (!calendar.isWorkingDay(day)) return 'ONLINE';
  const online = ONLINE_SHARES[calendar.dayText(day).slice(0, 4)] ?? ONLINE_SHARE_SINCE;
  const draw = random.next();
  if (draw < online) return 'ONLINE';
  return draw < online + POSTAL_SHARE ? 'POSTAL' : 'DIRECT';
}
