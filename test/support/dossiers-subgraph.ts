import { graphql, type GraphQLSchema } from 'graphql';
import { createAgencyDirectory } from '../../schema/agency-directory';
import { createWorkingCalendar } from '../../schema/calendar';
import type { DossierSource } from '../../subgraphs/dossiers/dossier-source';
import { buildDossiersSchema, createDossiersContext } from '../../subgraphs/dossiers/schema';
import { openSqliteDossiers } from '../../subgraphs/sources/sql/open-dossier-source';
import { layoutDatabase, type LayoutName, sampleDossier, type SampleDossier } from './dossier-layouts';

const NOW = '2024-06-28T03:00:00Z';
const calendar = createWorkingCalendar([]);

const directory = createAgencyDirectory([
  agency('H23', null),
  agency('H23.X01', 'H23'),
  agency('H23.X02', 'H23'),
  { ...agency('H23.X03', 'H23'), successors: [{ code: 'H23.X02', effectiveDate: '2025-03-01' }] },
]);

function agency(code: string, parent: string | null) {
  const codes = [
    { scheme: 'QD_20_2020' as const, text: code, validFrom: null, validTo: null, fictitious: true },
    {
      scheme: 'QCVN_102_2016' as const,
      text: `000.00.${code.split('.')[1] ?? '00'}.H23`,
      validFrom: null,
      validTo: null,
      fictitious: true,
    },
  ];
  return { code, codes, parent, validFrom: null, validTo: null, successors: [] };
}

export interface DossiersSubgraph extends AsyncDisposable {
  /** The names of the calls its source got. */
  readonly calls: readonly string[];
  answer(query: string, variables?: Record<string, unknown>): Promise<unknown>;
}

/** The dossiers subgraph over one system in memory; it knows H23 and, below it, H23.X01 to H23.X03. */
export function startDossiersSubgraph(
  dossiers: readonly SampleDossier[],
  layout: LayoutName = 'A',
): DossiersSubgraph {
  const opened = openSqliteDossiers({ ...layoutDatabase(layout, dossiers), calendar });
  const calls: string[] = [];
  const source = counted(opened.source, calls);
  const schema: GraphQLSchema = buildDossiersSchema({ source, directory });
  return {
    calls,
    async answer(query, variables = {}) {
      const contextValue = createDossiersContext({ source, directory }, { now: NOW });
      const result = await graphql({ schema, source: query, variableValues: variables, contextValue });
      return JSON.parse(JSON.stringify(result)) as unknown;
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

/** The source with its calls written down. */
function counted(source: DossierSource, calls: string[]): DossierSource {
  return new Proxy(source, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        calls.push(String(name));
        return member.apply(target, args) as unknown;
      };
    },
  });
}

/** A dossier with everything a system may keep. */
export const WHOLE_DOSSIER = sampleDossier({
  code: 'H23.X01-240603-0001',
  aliases: ['BN-77', '000.00.X01.H23-240603-0001'],
  handlingAgency: 'H23.X02',
  channel: 'ONLINE',
  status: 10,
  submittedAt: '2024-06-02T01:30:00.000Z',
  finishedAt: '2024-06-21T03:00:00.000Z',
  returnedAt: '2024-06-24T03:00:00.000Z',
  supplements: [
    {
      requestedAt: '2024-06-10T02:00:00.000Z',
      completedAt: '2024-06-15T02:00:00.000Z',
      dueBefore: null,
      dueAfter: null,
    },
  ],
  steps: [
    { at: '2024-06-04T01:00:00.000Z', status: 4, unit: 'Phòng Hộ tịch', dueAt: '2024-06-07T01:00:00.000Z' },
    { at: '2024-06-03T01:00:00.000Z', status: 2, unit: 'Một cửa', dueAt: null },
  ],
});
