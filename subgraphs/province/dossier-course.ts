import { OFFICE_DAY_SECONDS, type OfficeCalendar } from './office-calendar';
import type { Random } from './random';
import type {
  SyntheticChannel,
  SyntheticDossier,
  SyntheticStep,
  SyntheticSupplement,
} from './synthetic-dossier';
import type { WorkloadProcedure } from './workload';

/** National status numbers. */
const STATUS = {
  inTransfer: 0,
  registered: 1,
  received: 2,
  notAccepted: 3,
  inProgress: 4,
  supplementRequested: 5,
  financialObligation: 6,
  withdrawn: 7,
  stopped: 8,
  completed: 9,
  returned: 10,
} as const;

const UNITS = {
  portal: 'Cổng dịch vụ công',
  desk: 'Bộ phận Tiếp nhận và Trả kết quả',
  division: 'Phòng chuyên môn',
  coordination: 'Cơ quan phối hợp',
  leaders: 'Lãnh đạo đơn vị',
} as const;

const SHARES = {
  refusedOnline: 0.03,
  refusedAtDesk: 0.006,
  withdrawn: 0.004,
  stopped: 0.003,
  noDueDate: 0.003,
  supplement: 0.04,
  secondSupplement: 0.07,
  payment: 0.05,
  coordination: 0.08,
  /** Of the dossiers that end, about one in a hundred ends late: the figure that provinces publish. */
  late: 0.01,
  lastDay: 0.16,
  /** Of the late ones: nobody has finished them yet. */
  stuck: 0.12,
};

export interface CourseParts {
  readonly calendar: OfficeCalendar;
  readonly random: Random;
  /** Nothing after this instant has happened yet. */
  readonly now: number;
}

export interface Submission {
  readonly day: number;
  readonly channel: SyntheticChannel;
  readonly limit: WorkloadProcedure['limit'];
  /** Received by one office for another: the dossier travels first. */
  readonly isForwarded: boolean;
}

/** What happens to one dossier, as far as it has happened. */
export type DossierCourse = Pick<
  SyntheticDossier,
  | 'status'
  | 'submittedAt'
  | 'receivedAt'
  | 'dueAt'
  | 'finishedAt'
  | 'returnedAt'
  | 'refusedAt'
  | 'supplements'
  | 'steps'
>;

interface Event {
  readonly at: number;
  readonly status: number;
  readonly unit: string;
  readonly dueAt: number | null;
}

interface Supplement {
  readonly requestedAt: number;
  readonly completedAt: number;
  readonly dueBefore: number | null;
  readonly dueAfter: number | null;
}

/** The whole life of a dossier, future included. */
interface Life {
  readonly submittedAt: number;
  readonly receivedAt: number | null;
  readonly firstDue: number | null;
  readonly finishedAt: number | null;
  readonly returnedAt: number | null;
  readonly refusedAt: number | null;
  readonly supplements: readonly Supplement[];
  readonly events: readonly Event[];
}

/** Lives a dossier through the usual path of statuses and tells it up to now. Null when even its submission is still to come. */
export function runCourse(submission: Submission, parts: CourseParts): DossierCourse | null {
  const submittedAt = submissionInstant(submission, parts);
  if (submittedAt > parts.now) return null;
  return toldUntilNow(live(submittedAt, submission, parts), parts);
}

function submissionInstant({ day, channel }: Submission, { calendar, random }: CourseParts): number {
  // People submit online until late; a desk is open in office hours only.
  if (channel === 'ONLINE') return calendar.at(day, Math.floor(random.between(6.5 * 3_600, 23 * 3_600)));
  return calendar.atOffice(day, random.below(OFFICE_DAY_SECONDS - 600));
}

function live(submittedAt: number, submission: Submission, parts: CourseParts): Life {
  const { calendar, random } = parts;
  const isOnline = submission.channel === 'ONLINE';
  const seenAt = isOnline ? seenByDesk(submittedAt, parts) : submittedAt;
  const registered: Event[] = isOnline
    ? [{ at: submittedAt, status: STATUS.registered, unit: UNITS.portal, dueAt: null }]
    : [];
  if (random.chance(isOnline ? SHARES.refusedOnline : SHARES.refusedAtDesk)) {
    return refused(submittedAt, seenAt, registered);
  }
  const due = random.chance(SHARES.noDueDate) ? null : dueInstant(seenAt, submission.limit, calendar);
  const received: Event = { at: seenAt, status: STATUS.received, unit: UNITS.desk, dueAt: due };
  return work({ submittedAt, receivedAt: seenAt, due, events: [...registered, received] }, submission, parts);
}

function seenByDesk(submittedAt: number, { calendar, random }: CourseParts): number {
  const day = calendar.dayOf(submittedAt);
  const later = submittedAt + random.below(2 * 3_600);
  const closing = calendar.atOffice(day, OFFICE_DAY_SECONDS);
  const isSameDay = calendar.isWorkingDay(day) && later < closing && random.chance(0.8);
  // Within the lunch break and before seven nobody receives anything: addOffice(…, 0) would go back to the last closing.
  if (isSameDay) return calendar.addOffice(later, 60 + random.below(300));
  return calendar.atOffice(calendar.nextWorkingDay(day), random.below(3 * 3_600));
}

function refused(submittedAt: number, at: number, registered: readonly Event[]): Life {
  const refusal: Event = { at, status: STATUS.notAccepted, unit: UNITS.desk, dueAt: null };
  return {
    submittedAt,
    receivedAt: null,
    firstDue: null,
    finishedAt: null,
    returnedAt: null,
    refusedAt: at,
    supplements: [],
    events: [...registered, refusal],
  };
}

/** Working days keep the time of the day; calendar days end at the close of a day that is worked. */
function dueInstant(receivedAt: number, limit: WorkloadProcedure['limit'], calendar: OfficeCalendar): number {
  if ('workingDays' in limit) return calendar.addOffice(receivedAt, limit.workingDays * OFFICE_DAY_SECONDS);
  if ('hours' in limit) return calendar.addOffice(receivedAt, Math.round(limit.hours * 3_600));
  const day = calendar.workingDayFrom(calendar.dayOf(receivedAt) + limit.calendarDays);
  return calendar.atOffice(day, OFFICE_DAY_SECONDS);
}

interface Start {
  readonly submittedAt: number;
  readonly receivedAt: number;
  readonly due: number | null;
  readonly events: readonly Event[];
}

function work(start: Start, submission: Submission, parts: CourseParts): Life {
  const { calendar, random } = parts;
  const { receivedAt, due } = start;
  const allowed =
    due === null ? 5 * OFFICE_DAY_SECONDS : Math.max(600, calendar.officeSecondsBetween(receivedAt, due));
  const after = (share: number) => calendar.addOffice(receivedAt, Math.floor(allowed * share));

  const events = [...start.events];
  if (submission.isForwarded) {
    events.push({ at: after(0.01), status: STATUS.inTransfer, unit: UNITS.coordination, dueAt: null });
  }
  events.push({ at: after(0.03), status: STATUS.inProgress, unit: UNITS.division, dueAt: after(0.8) });
  if (random.chance(SHARES.coordination)) {
    events.push({ at: after(0.07), status: STATUS.inProgress, unit: UNITS.coordination, dueAt: after(0.5) });
  }
  const supplements = random.chance(SHARES.supplement) ? askForMore(receivedAt, due, allowed, parts) : [];
  for (const { requestedAt, completedAt, dueAfter } of supplements) {
    events.push({ at: requestedAt, status: STATUS.supplementRequested, unit: UNITS.division, dueAt: null });
    events.push({ at: completedAt, status: STATUS.inProgress, unit: UNITS.division, dueAt: dueAfter });
  }
  const last = supplements.at(-1);
  const current = { from: last?.completedAt ?? after(0.07), due: last === undefined ? due : last.dueAfter };
  return end({ ...start, events, supplements }, current, allowed, submission, parts);
}

/** One request, now and then a second; the promised date moves by the working time that the applicant took. */
function askForMore(
  receivedAt: number,
  due: number | null,
  allowed: number,
  parts: CourseParts,
): Supplement[] {
  const { calendar, random } = parts;
  const supplements: Supplement[] = [];
  let from = receivedAt;
  let dueBefore = due;
  const rounds = random.chance(SHARES.secondSupplement) ? 2 : 1;
  for (let round = 0; round < rounds; round += 1) {
    const requestedAt = calendar.addOffice(from, Math.floor(allowed * random.between(0.15, 0.4)));
    const taken = Math.floor(random.between(0.5, 8) * OFFICE_DAY_SECONDS);
    const completedAt = calendar.addOffice(requestedAt, taken);
    const dueAfter: number | null = dueBefore === null ? null : calendar.addOffice(dueBefore, taken);
    supplements.push({ requestedAt, completedAt, dueBefore, dueAfter });
    from = completedAt;
    dueBefore = dueAfter;
  }
  return supplements;
}

interface Stage {
  readonly from: number;
  readonly due: number | null;
}

type Worked = Start & { readonly supplements: readonly Supplement[] };

function end(
  worked: Worked,
  stage: Stage,
  allowed: number,
  submission: Submission,
  parts: CourseParts,
): Life {
  const { calendar, random } = parts;
  const left =
    stage.due === null ? allowed : Math.max(300, calendar.officeSecondsBetween(stage.from, stage.due));
  const outcome = random.next();
  if (outcome < SHARES.withdrawn + SHARES.stopped) {
    const at = calendar.addOffice(stage.from, Math.floor(left * random.between(0.1, 0.9)));
    return brokenOff(worked, at, outcome < SHARES.withdrawn ? STATUS.withdrawn : STATUS.stopped);
  }
  const finishedAt = finishInstant(stage, left, parts);
  if (finishedAt === null) return { ...lifeOf(worked), finishedAt: null, returnedAt: null, refusedAt: null };

  const share = (part: number) =>
    calendar.addOffice(stage.from, Math.floor(calendar.officeSecondsBetween(stage.from, finishedAt) * part));
  const events = [...worked.events];
  if (random.chance(SHARES.payment)) {
    events.push({ at: share(0.5), status: STATUS.financialObligation, unit: UNITS.division, dueAt: null });
    events.push({ at: share(0.65), status: STATUS.inProgress, unit: UNITS.division, dueAt: stage.due });
  }
  events.push({ at: share(0.85), status: STATUS.inProgress, unit: UNITS.leaders, dueAt: stage.due });
  events.push({ at: finishedAt, status: STATUS.completed, unit: UNITS.desk, dueAt: null });
  const wait = submission.channel === 'ONLINE' ? 60 : random.below(Math.round(2.5 * OFFICE_DAY_SECONDS));
  const returnedAt = calendar.addOffice(finishedAt, wait);
  events.push({ at: returnedAt, status: STATUS.returned, unit: UNITS.desk, dueAt: null });
  return { ...lifeOf({ ...worked, events }), finishedAt, returnedAt, refusedAt: null };
}

function brokenOff(worked: Worked, at: number, status: number): Life {
  const events = [...worked.events, { at, status, unit: UNITS.desk, dueAt: null }];
  return { ...lifeOf({ ...worked, events }), finishedAt: null, returnedAt: null, refusedAt: at };
}

/** Null: it lies about, and nobody has finished it to this day. */
function finishInstant(
  { from, due }: Stage,
  left: number,
  { calendar, random, now }: CourseParts,
): number | null {
  const outcome = random.next();
  if (due !== null && outcome < SHARES.late) {
    const isRecent = now - due < 500 * 86_400;
    if (isRecent && random.chance(SHARES.stuck)) return null;
    const days = random.chance(0.8) ? 1 + random.below(5) : 6 + random.below(30);
    return calendar.addOffice(due, days * OFFICE_DAY_SECONDS);
  }
  const share = outcome < SHARES.late + SHARES.lastDay ? random.between(0.93, 1) : random.between(0.1, 0.93);
  return calendar.addOffice(from, Math.floor(left * share));
}

function lifeOf(worked: Worked): Omit<Life, 'finishedAt' | 'returnedAt' | 'refusedAt'> {
  const { submittedAt, receivedAt, due: firstDue, supplements, events } = worked;
  return { submittedAt, receivedAt, firstDue, supplements, events };
}

function toldUntilNow(life: Life, { calendar, now }: CourseParts): DossierCourse {
  const text = (instant: number | null) => (instant === null ? null : calendar.isoText(instant));
  const known = (instant: number | null) =>
    instant === null || instant > now ? null : calendar.isoText(instant);
  const isReceived = life.receivedAt !== null && life.receivedAt <= now;
  const events = life.events.filter(({ at }) => at <= now);
  const supplements = life.supplements.filter(({ requestedAt }) => requestedAt <= now);
  const moved = supplements.findLast(({ completedAt }) => completedAt <= now);
  const steps = events.map(({ at, status, unit, dueAt }): SyntheticStep => ({
    at: calendar.isoText(at),
    status,
    unit,
    dueAt: text(dueAt),
  }));
  return {
    status: events.at(-1)?.status ?? STATUS.registered,
    submittedAt: calendar.isoText(life.submittedAt),
    receivedAt: known(life.receivedAt),
    dueAt: isReceived ? text(moved === undefined ? life.firstDue : moved.dueAfter) : null,
    finishedAt: known(life.finishedAt),
    returnedAt: known(life.returnedAt),
    refusedAt: known(life.refusedAt),
    supplements: supplements.map(({ requestedAt, completedAt, dueBefore, dueAfter }): SyntheticSupplement => {
      const isCompleted = completedAt <= now;
      return {
        requestedAt: calendar.isoText(requestedAt),
        completedAt: isCompleted ? calendar.isoText(completedAt) : null,
        dueBefore: text(dueBefore),
        dueAfter: isCompleted ? text(dueAfter) : null,
      };
    }),
    steps,
  };
}
