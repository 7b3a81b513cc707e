import { LAYOUT_D_STATUS_WORDS } from '../../sources/layouts/layout-d';
import {
  agencyNames,
  APPLICANT,
  changedSince,
  channelTime,
  levelText,
  publishedProcedures,
  type PublishedProcedure,
  pageOf,
  type ServedDossier,
  type ServedRows,
  type Slice,
} from './served-rows';
import {
  json,
  startService,
  type ListenOptions,
  type RunningService,
  type ServiceCall,
  type ServiceHandler,
} from './service-server';

export interface LayoutDOptions extends ServedRows {
  readonly user: string;
  readonly password: string;
}

const CHANNELS = { DIRECT: 0, ONLINE: 1, POSTAL: 2 } as const;
const MAX_PAGE = 500;

/** OpenCPS over REST: camel case, milliseconds since 1970, what is not known left out, start and end instead of pages, basic authentication. */
export function startLayoutDService(options: LayoutDOptions & ListenOptions): Promise<RunningService> {
  return startService(layoutDHandler(options), options);
}

export function layoutDHandler({
  dossiers,
  procedures,
  agencies,
  user,
  password,
}: LayoutDOptions): ServiceHandler {
  const unitOf = agencyNames(agencies, ({ formerCode }) => formerCode);
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return (call) => {
    if (call.headers['authorization'] !== expected) return json({ message: 'Unauthorized' }, 401);
    if (call.method !== 'GET') return json({ message: 'Method not allowed' }, 405);
    switch (call.path) {
      case '/o/rest/v2/dossiers': {
        const from = call.query.get('fromModifiedDate');
        const rows = changedSince(dossiers(), from === null ? null : Number(from));
        return json({
          total: rows.length,
          data: pageOf(rows, sliceOf(call)).map((row) => writeDossier(row, unitOf)),
        });
      }
      case '/o/rest/v2/serviceinfos': {
        const rows = publishedProcedures(procedures());
        return json({
          total: rows.length,
          data: pageOf(rows, sliceOf(call)).map((row) => writeProcedure(row, unitOf)),
        });
      }
      default:
        return json({ message: 'Not found' }, 404);
    }
  };
}

type UnitOf = (code: string | null) => string | null;

function sliceOf({ query }: ServiceCall): Slice {
  const start = Number(query.get('start') ?? 0) || 0;
  const end = Number(query.get('end') ?? 15) || 0;
  return { start, end: Math.min(end, start + MAX_PAGE) };
}

const WORDS = Array.from(
  { length: 11 },
  (_, number) => LAYOUT_D_STATUS_WORDS.find(([, status]) => status === number)?.[0],
);

function statusWord(status: number | null): string | undefined {
  return status === null ? undefined : WORDS[status];
}

/** JSON leaves out what is undefined. */
function epoch(instant: string | null): number | undefined {
  return instant === null ? undefined : Date.parse(instant);
}

function writeDossier(dossier: ServedDossier, unitOf: UnitOf): object {
  return {
    dossierNo: dossier.code,
    referenceUid: dossier.aliases[0],
    serviceCode: dossier.procedure ?? undefined,
    serviceName: dossier.procedureName ?? undefined,
    domainName: dossier.field ?? undefined,
    govAgencyCode: unitOf(dossier.receivingAgency),
    processAgencyCode: unitOf(dossier.handlingAgency) ?? undefined,
    applicant: { name: APPLICANT, idType: 'citizen' },
    submissionMethod: dossier.channel === null ? undefined : CHANNELS[dossier.channel],
    submitDate: epoch(dossier.submittedAt),
    receiveDate: epoch(dossier.receivedAt),
    dueDate: epoch(dossier.dueAt),
    releaseDate: epoch(dossier.finishedAt),
    finishDate: epoch(dossier.returnedAt),
    cancellingDate: epoch(dossier.refusedAt),
    modifiedDate: epoch(dossier.updatedAt),
    dossierStatus: statusWord(dossier.status),
    viaPostal: dossier.channel === 'POSTAL' ? 1 : 0,
    sampleData: dossier.isSynthetic ? 1 : 0,
    removed: 0,
    supplements: dossier.supplements.map(({ requestedAt, completedAt, dueBefore, dueAfter }) => ({
      requestDate: epoch(requestedAt),
      completeDate: epoch(completedAt),
      oldDueDate: epoch(dueBefore),
      newDueDate: epoch(dueAfter),
    })),
    actions: dossier.steps.map(({ at, status, unit, dueAt }) => ({
      createDate: epoch(at),
      dossierStatus: statusWord(status),
      stepUnit: unit ?? undefined,
      dueDate: epoch(dueAt),
      actionUser: APPLICANT,
    })),
  };
}

const LEVELS = {
  MINISTRY: 'ministry',
  PROVINCE: 'province',
  DISTRICT: 'district',
  COMMUNE: 'ward',
  OTHER: 'other',
} as const;
const METHODS = { DIRECT: 'direct', ONLINE: 'online', POSTAL: 'postal' } as const;
const UNITS = {
  WORKING_DAY: 'workingDay',
  CALENDAR_DAY: 'calendarDay',
  HOUR: 'hour',
  MONTH: 'month',
  UNIT_MISSING: 'unknown',
} as const;

function writeProcedure({ procedure, competence }: PublishedProcedure, unitOf: UnitOf): object {
  const { time, fee, isEitherLevel } = procedure;
  return {
    serviceCode: procedure.code,
    isLocalCode: procedure.hasLocalCode,
    serviceName: procedure.name,
    domainName: known(procedure.field),
    // A list, but for the one thing that a list cannot say.
    serviceLevels: isEitherLevel
      ? levelText(procedure, LEVELS)
      : procedure.levels.map((level) => LEVELS[level]),
    administrationType: known(procedure.agencyKind),
    administrationName: known(procedure.performingAgency),
    processMethods: procedure.channels.map(({ channel }) => METHODS[channel]),
    durationCount: time?.value,
    durationUnit: time === null ? undefined : UNITS[time.unit],
    durations: {
      direct: known(channelTime(procedure, 'DIRECT', UNITS)),
      online: known(channelTime(procedure, 'ONLINE', UNITS)),
      postal: known(channelTime(procedure, 'POSTAL', UNITS)),
    },
    workingDays: known(procedure.workingDays),
    fee: fee === null ? undefined : { min: fee.minVnd, max: fee.maxVnd },
    isOnline: known(procedure.isOnlineAvailable),
    maxLevel: procedure.onlineLevel === null ? undefined : procedure.onlineLevel === 'FULL' ? 4 : 3,
    regularText: procedure.legalBasis.join(';'),
    decisionNo: known(procedure.decision),
    resultText: known(procedure.result),
    applicantText: known(procedure.applicants),
    periodText: known(procedure.era),
    sourceText: known(procedure.source),
    certaintyText: known(procedure.certainty),
    remark: known(procedure.note),
    govAgencyCode: unitOf(competence.agency),
    startDate: midnight(competence.validFrom),
    endDate: midnight(competence.validTo),
  };
}

function known<Value>(value: Value | null): Value | undefined {
  return value ?? undefined;
}

/** The first millisecond of a day of Asia/Ho_Chi_Minh; 0 for an open end. */
function midnight(day: string | null): number {
  return day === null ? 0 : Date.parse(`${day}T00:00:00+07:00`);
}
