import { closeGoneSystems } from '../../gateway/close-gone-systems';
import { createRegistry } from '../../gateway/shards/registry/registry';

it('keeps the connections to all that can be asked: systems that are not draining, plain and composed subgraphs', async () => {
  const kept = Promise.withResolvers<readonly string[]>();
  const held = (urls: string[], more: object = {}) => ({
    subgraphs: { dossiers: { urls, agencies: [], ...more } },
  });
  const registry = createRegistry(
    {
      version: 1,
      directory: 'agencies.json',
      subgraphs: { dossiers: { expected: [] }, agencies: { url: 'http://plain/' } },
      systems: {
        one: held(['http://one/', 'http://replica/'], { draining: ['http://replica/'] }),
        two: { draining: true, ...held(['http://two/']) },
      },
    },
    [],
    'test',
  );

  closeGoneSystems({
    caller: {
      call: () => Promise.reject(new Error('Nothing is asked here')),
      close: () => Promise.resolve(),
      closeOthers: (urls) => kept.resolve([...urls]),
    },
    deadlineMs: 1,
    registry: () => registry,
    composedUrls: () => ['http://composed/', null],
  });

  expect(await kept.promise).toEqual(['http://one/', 'http://plain/', 'http://composed/']);
});
