import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../schema/runtime/project-root';
import {
  LAYOUT_G_PATH,
  layoutGHandler,
  soapEnvelope,
} from '../../../subgraphs/province/services/layout-g-service';
import { LAYOUT_G_NAMESPACE } from '../../../subgraphs/province/services/layout-g-wsdl';
import type { ServedRows } from '../../../subgraphs/province/services/served-rows';
import type { ServiceCall, ServiceReply } from '../../../subgraphs/province/services/service-server';
import { parseSystemMapping } from '../../../subgraphs/sources/mapping/read-system-mapping';
import type { SoapSystem } from '../../../subgraphs/sources/mapping/system-mapping';
import { startFaultyService, type Fault, type FaultyReply, type FaultyService } from './faulty-service';
import { PASSWORD } from './rest-servers';

export interface SoapServer extends FaultyService {
  readonly mapping: SoapSystem;
}

/** The service of layout G: XML written by hand, so that it knows nothing of the client. */
export async function startLayoutG(rows: ServedRows): Promise<SoapServer> {
  const service = await startFaultyService(
    layoutGHandler({ ...rows, user: 'lien-thong', password: PASSWORD }),
  );
  return { ...service, mapping: soapMapping(`${service.url}${LAYOUT_G_PATH}?wsdl`) };
}

/** layout-g.yaml with the WSDL elsewhere; `change` edits its text. */
export function soapMapping(wsdl: string, change = (text: string) => text): SoapSystem {
  const text = change(
    readFileSync(join(projectRoot(), 'test', 'fixtures', 'mappings', 'layout-g.yaml'), 'utf8'),
  );
  const mapping = parseSystemMapping(
    'layout-g.yaml',
    text.replace(/wsdl: .*/, () => `wsdl: ${wsdl}`),
  );
  if (mapping.kind !== 'soap') throw new Error('layout-g.yaml is no mapping of an XML service');
  return mapping;
}

/** Misbehaves in what an operation answers; the WSDL stays as it is. */
export function inAnswers(change: (reply: ServiceReply, call: ServiceCall) => FaultyReply): Fault {
  return (call, answer) => (call.method === 'POST' ? change(answer(call), call) : answer(call));
}

/** Misbehaves in the WSDL. */
export function inWsdl(change: (wsdl: string) => string): Fault {
  return (call, answer) => {
    const reply = answer(call);
    return call.method === 'GET' ? { ...reply, body: change(reply.body) } : reply;
  };
}

/** The answer to LayDanhSachHoSo with whatever content a test says. */
export function dossiersAnswer(content: string): ServiceReply {
  const element = `<LayDanhSachHoSoResponse xmlns="${LAYOUT_G_NAMESPACE}">${content}</LayDanhSachHoSoResponse>`;
  return { status: 200, type: 'text/xml; charset=utf-8', body: soapEnvelope(element) };
}

export function xmlReply(body: string, status = 200): ServiceReply {
  return { status, type: 'text/xml; charset=utf-8', body };
}
