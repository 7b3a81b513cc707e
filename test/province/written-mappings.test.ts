import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { runOnboard } from '../../subgraphs/onboarding/run-onboard';
import { generateProvince } from '../../subgraphs/province/generate-province';
import { readProvinceAgencies } from '../../subgraphs/province/province-agency';
import { provinceSource } from '../../subgraphs/province/province-data';
import { readProvinceLayout } from '../../subgraphs/province/province-layout';
import { createTasks } from '../../subgraphs/province/province-tasks';
import { startTaskService } from '../../subgraphs/province/start-task-service';
import { writeMapping } from '../../subgraphs/province/write-mappings';
import { recordedIo } from '../support/command-io';

const source = provinceSource(projectRoot());
const layout = readProvinceLayout(source.layoutFile);
const agencies = readProvinceAgencies(source.dataFolder);
const folder = mkdtempSync(join(tmpdir(), 'lienthong-'));
const services = new AsyncDisposableStack();

/** The embedded province as it is, but small; its services listen, as they do while it runs. */
beforeAll(async () => {
  const manifest = generateProvince({ source, layout, folder, seed: '1', dossiers: 1_500 });
  const now = '2024-06-28T03:00:00Z';
  const options = { source, layout, manifest, folder, agencies, now };
  for (const task of createTasks({ ...options, host: '127.0.0.1', firstPort: 0 })) {
    if (task.kind !== 'mapped' || task.service === null) continue;
    const [description, held] = [layout.systems[task.name], manifest.systems[task.name]];
    if (description === undefined || held === undefined) throw new Error(`No system ${task.name}`);
    const { url: serviceUrl } = services.use(await startTaskService(task.service));
    writeMapping({ folder, system: task.name, description, held, agencies, serviceUrl });
  }
}, 30_000);

afterAll(async () => {
  await services.disposeAsync();
  rmSync(folder, { recursive: true });
});

async function onboard(...args: readonly string[]) {
  const io = recordedIo({ cwd: folder, env: { LIENTHONG_DATA: folder } });
  return { code: await runOnboard(args, io), out: io.out(), err: io.err() };
}

describe('the mapping written for', () => {
  it.each(Object.keys(layout.systems))(
    '%s is without an error, by the check of onboarding',
    async (system) => {
      const { code, out, err } = await onboard('check', `mappings/${system}.yaml`);

      expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('Ready: 0 errors');
    },
  );

  it('a service says where its password is, and not what it is', () => {
    const password = readFileSync(join(folder, 'service-password'), 'utf8').trim();
    const mapping = readFileSync(join(folder, 'mappings', 'bo-gtvt.yaml'), 'utf8');

    expect(mapping).toContain('password: { file: ../service-password }');
    expect(mapping).not.toContain(password);
  });
});

it.each([
  ['mot-cua', 'A'],
  ['tu-phap', 'B'],
  ['bao-hiem-xa-hoi', 'D'],
])('the database of %s is recognised as one of layout %s', async (system, name) => {
  const { code, err } = await onboard('inspect', `sqlite:${system}.sqlite`, '--out', `${system}.yaml`);

  expect(code).toBe(0);
  expect(err).toContain(`Layout ${name}: `);
});
