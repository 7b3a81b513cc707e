import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../schema/runtime/project-root';
import { layoutCHandler } from '../../../subgraphs/province/services/layout-c-service';
import { layoutDHandler } from '../../../subgraphs/province/services/layout-d-service';
import { json, type ServiceReply } from '../../../subgraphs/province/services/service-server';
import type { ServedRows } from '../../../subgraphs/province/services/served-rows';
import { parseSystemMapping } from '../../../subgraphs/sources/mapping/read-system-mapping';
import type { RestSystem } from '../../../subgraphs/sources/mapping/system-mapping';
import { startFaultyService, type Fault, type FaultyService } from './faulty-service';

export const PASSWORD = 'mat-khau-bi-mat-2024';
export const SERVICE_ENV = {
  LAYOUT_C_PASSWORD: PASSWORD,
  LAYOUT_D_PASSWORD: PASSWORD,
  LAYOUT_G_PASSWORD: PASSWORD,
};

export interface RestServer extends FaultyService {
  readonly mapping: RestSystem;
}

export interface LayoutCServer {
  readonly sessionSeconds?: number;
  readonly clock?: () => number;
}

export async function startLayoutC(rows: ServedRows, session: LayoutCServer = {}): Promise<RestServer> {
  const service = await startFaultyService(
    layoutCHandler({ ...rows, user: 'lien-thong', password: PASSWORD, ...session }),
  );
  return withMapping(service, restMapping('layout-c.yaml', `${service.url}/api`));
}

export async function startLayoutD(rows: ServedRows): Promise<RestServer> {
  const service = await startFaultyService(
    layoutDHandler({ ...rows, user: 'lien-thong', password: PASSWORD }),
  );
  return withMapping(service, restMapping('layout-d.yaml', `${service.url}/o/rest/v2`));
}

function withMapping(service: FaultyService, mapping: RestSystem): RestServer {
  return { ...service, mapping };
}

/** A mapping of test/fixtures/mappings whose service is where a test started it; `change` edits its text. */
export function restMapping(file: string, baseUrl: string, change = (text: string) => text): RestSystem {
  const text = change(readFileSync(join(projectRoot(), 'test', 'fixtures', 'mappings', file), 'utf8'));
  const mapping = parseSystemMapping(
    file,
    text.replace(/baseUrl: .*/, () => `baseUrl: ${baseUrl}`),
  );
  if (mapping.kind !== 'rest') throw new Error(`${file} is no mapping of a JSON service`);
  return mapping;
}

/** A list given out page by page as a test says it: by the number of the page, from 1. */
export function pagesOf(pages: (page: number) => unknown): Fault {
  return ({ query }) => json(pages(Number(query.get('page') ?? 1)));
}

/** Changes the JSON of good answers to calls of one path. */
export function changedJson(path: RegExp, change: (answer: never, page: number) => unknown): Fault {
  return (call, answer): ServiceReply => {
    const reply = answer(call);
    if (!path.test(call.path)) return reply;
    const page = Number((JSON.parse(call.body || '{}') as { pageIndex?: number }).pageIndex ?? 1);
    // The test knows what its service answers.
    return { ...reply, body: JSON.stringify(change(JSON.parse(reply.body) as never, page)) };
  };
}
