import { createWorkingCalendar } from '../contract/calendar';
import { buildDossiersSubgraph } from './dossiers-subgraph';
import { buildProceduresSubgraph } from './procedures-subgraph';
import { AGENCIES, SAMPLE_DOSSIERS } from './sample-dossiers';
import { SAMPLE_PROCEDURES } from './sample-procedures';
import { startServer } from './server';

/** Days off and swapped working days, as decided each autumn. */
const CALENDAR = createWorkingCalendar([
  { date: '2024-04-29', kind: 'off' },
  { date: '2024-04-30', kind: 'off' },
  { date: '2024-05-01', kind: 'off' },
  { date: '2024-05-04', kind: 'work' },
]);

/** Both subgraphs of this agency, in one process. */
export function startOwnSystem(host: string, port: number) {
  return startServer({
    subgraphs: {
      dossiers: buildDossiersSubgraph(SAMPLE_DOSSIERS, CALENDAR),
      procedures: buildProceduresSubgraph(SAMPLE_PROCEDURES),
    },
    holdings: { dossiers: AGENCIES, procedures: AGENCIES },
    host,
    port,
  });
}
