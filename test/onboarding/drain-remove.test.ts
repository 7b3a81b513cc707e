import { parse } from 'yaml';
import { createSystemsFolder, REGISTRY, type SystemsFolder } from '../support/systems-folder';

let folder: SystemsFolder;
beforeEach(() => {
  folder = createSystemsFolder(REGISTRY);
});
afterEach(() => folder[Symbol.dispose]());

describe('onboard drain', () => {
  it('marks a system, and takes the mark away again', async () => {
    expect(await folder.onboard('drain', 'bo-gtvt')).toMatchObject({ exitCode: 0 });
    expect(folder.read()).toBe(`${REGISTRY}    draining: true\n`);
    expect((await folder.onboard('drain', 'bo-gtvt')).out).toContain('draining already: nothing was changed');

    expect(await folder.onboard('drain', 'bo-gtvt', '--undo')).toMatchObject({ exitCode: 0 });
    expect(folder.read()).toBe(REGISTRY);
    expect((await folder.onboard('drain', 'bo-gtvt', '--undo')).out).toContain('nothing was changed');
  });

  it('marks one address of several, by its host and port or in full, but never the last', async () => {
    const first = await folder.onboard('drain', 'mot-cua', '--url', 'http://127.0.0.1:2');
    expect(first.exitCode).toBe(0);
    expect(folder.read()).toContain('draining: [http://127.0.0.1:2/dossiers]');

    const last = await folder.onboard('drain', 'mot-cua', '--url', 'http://127.0.0.1:1/dossiers');
    expect(last.exitCode).toBe(2);
    expect(last.err).toContain('No other address of mot-cua would be asked for dossiers');

    await folder.onboard('drain', 'mot-cua', '--url', 'http://127.0.0.1:2', '--undo');
    expect(parse(folder.read())).toEqual(parse(REGISTRY));
  });

  it('names the systems and addresses that there are', async () => {
    expect((await folder.onboard('drain', 'mot-cu')).err).toContain('there are: mot-cua, bo-gtvt');
    expect((await folder.onboard('drain', 'bo-gtvt', '--url', 'http://x')).err).toContain(
      'only http://127.0.0.1:3/dossiers',
    );
    expect(folder.read()).toBe(REGISTRY);
  });
});

describe('onboard remove', () => {
  const withoutMinistry = REGISTRY.slice(0, REGISTRY.indexOf("\n  # a ministry's"));

  it('asks to be sure when nobody else holds what the system holds, and names it', async () => {
    const { exitCode, err } = await folder.onboard('remove', 'bo-gtvt', '--now');

    expect({ exitCode, text: folder.read() }).toEqual({ exitCode: 2, text: REGISTRY });
    expect(err).toContain('nobody holds dossiers of H23.X03');
  });

  it('takes out a system that is draining, and one that is not only when told that it shall be now', async () => {
    expect((await folder.onboard('remove', 'bo-gtvt', '--yes')).err).toContain('drain bo-gtvt');
    await folder.onboard('drain', 'bo-gtvt');
    expect(await folder.onboard('remove', 'bo-gtvt', '--yes')).toMatchObject({ exitCode: 0 });
    expect(folder.read()).toBe(withoutMinistry);

    folder.write(REGISTRY);
    expect(await folder.onboard('remove', 'bo-gtvt', '--yes', '--now')).toMatchObject({ exitCode: 0 });
    expect(folder.read()).toBe(withoutMinistry);
  });

  it('needs no question for a system whose agencies others hold too', async () => {
    const twice = `${REGISTRY}  moi:
    subgraphs:
      dossiers: { urls: [http://127.0.0.1:4/dossiers], agencies: [000.00.X03.H23] }
`;
    folder.write(twice);

    expect(await folder.onboard('remove', 'bo-gtvt', '--now')).toMatchObject({ exitCode: 0 });
  });

  it('forgets that the agencies were expected when told so', async () => {
    await folder.onboard('remove', 'mot-cua', '--now', '--yes', '--unexpect');

    expect(parse(folder.read())).toMatchObject({
      subgraphs: { procedures: { expected: [] }, dossiers: { expected: [] } },
    });
  });
});
