import { isWhole, type OnboardedSystem, startOnboardedSystem } from '../../support/onboarded-system';
import type { Fault } from '../../support/servers/faulty-service';
import { PASSWORD, startLayoutD } from '../../support/servers/rest-servers';
import { changingRows, serviceDossiers } from '../../support/servers/service-rows';
import { inWsdl, startLayoutG } from '../../support/servers/soap-servers';

const COUNT = 250;
const EVERYTHING_EACH_SECOND = { procedures: undefined, copy: { every: '1s', fullEvery: '1s' } };
const auth = { scheme: 'basic', user: 'lien-thong', password: { file: 'mat-khau' } };
const files = { 'mat-khau': PASSWORD };

const whole = { total: COUNT, missing: [], stale: [] };

function firstPageAgain(call: Parameters<Fault>[0]): Parameters<Fault>[0] {
  const query = new URLSearchParams(call.query);
  if (query.has('start')) query.set('start', '0');
  return { ...call, query, body: call.body.replace(/Trang>\d+</, 'Trang>1<') };
}

const inCircles: Fault = (call, answer) => answer(firstPageAgain(call));

/** The second page stands in the place of the third, whose rows are never told. */
const repeatingRows: Fault = (call, answer) => {
  const query = new URLSearchParams(call.query);
  if (query.get('start') === '200') query.set('start', '100');
  return answer({ ...call, query });
};

const REST = {
  fixture: 'layout-d',
  start: startLayoutD,
  at: (url: string) => ({ baseUrl: `${url}/o/rest/v2` }),
};
const SOAP = {
  fixture: 'layout-g',
  start: startLayoutG,
  at: (url: string) => ({ wsdl: `${url}/MotCua.asmx?wsdl` }),
};

it.each([
  ['a JSON service that pages in circles', REST, inCircles, 'SOURCE_BAD_PAGING'],
  ['a JSON service that repeats rows', REST, repeatingRows, 'SOURCE_BAD_PAGING'],
  ['an XML service that pages in circles', SOAP, inCircles, 'SOURCE_BAD_PAGING'],
  [
    'a WSDL without the operation',
    SOAP,
    inWsdl((wsdl) => wsdl.replaceAll('LayDanhSachHoSo', 'LayHoSo')),
    'SOURCE_BAD_ANSWER',
  ],
] as const)(
  '%s: its copy is served with its age and the reason, and is brought up to date when it behaves',
  async (_, { fixture, start, at }, fault, code) => {
    const rows = changingRows(serviceDossiers(COUNT));
    await using service = await start(rows);
    const connection = { ...at(service.url), auth };
    await using system = await startOnboardedSystem({
      ...{ fixture, connection, files },
      changes: EVERYTHING_EACH_SECOND,
    });
    expect(await copied(system)).toMatchObject(whole);

    service.misbehave(fault);
    const seen = await system.see(({ stale }) => stale.includes(code));
    const { exitCode, report } = await system.check();
    rows.all.pop();
    service.misbehave(null);

    expect(seen).toMatchObject({ total: COUNT, missing: [] });
    expect(Date.parse(seen.asOf ?? '')).not.toBeNaN();
    const finding = report.findings.find((found) => found.code === code);
    expect(finding?.place).toBeTruthy();
    expect(exitCode).toBeGreaterThan(0);
    const healed = await system.see((now) => isWhole(now) && now.total !== COUNT);
    expect(healed).toMatchObject({ ...whole, total: COUNT - 1 });
  },
  20_000,
);

it('a service that says it has nothing any more: what it had is served until it says so again', async () => {
  const rows = changingRows(serviceDossiers(COUNT));
  await using service = await startLayoutD(rows);
  await using system = await startOnboardedSystem({
    ...{ fixture: 'layout-d', connection: { ...REST.at(service.url), auth }, files },
    changes: EVERYTHING_EACH_SECOND,
  });
  expect(await copied(system)).toMatchObject(whole);

  rows.all.splice(0);

  const doubted = await system.see(({ stale }) => stale.length > 0);
  expect(doubted).toMatchObject({ total: COUNT, stale: ['SOURCE_BAD_ANSWER'] });
  expect(await system.see(({ total }) => total === 0)).toMatchObject({ ...whole, total: 0 });
});

/** The first copy is there. */
function copied(system: OnboardedSystem) {
  return system.see((seen) => isWhole(seen) && seen.total !== null);
}
