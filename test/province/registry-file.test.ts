import { printRegistry } from '../../subgraphs/province/registry-file';

describe('systems.yaml', () => {
  it('says who holds what and where, in the order of the registry', () => {
    const system = { layout: 'A', publishes: null, receives: [] } as const;
    const text = printRegistry({
      layout: {
        systems: {
          'mot-cua': { ...system, name: 'Hệ thống một cửa điện tử tỉnh' },
          'bo-gtvt': { ...system, name: 'Hệ thống giấy phép lái xe' },
        },
      },
      manifest: {
        systems: {
          'mot-cua': { procedures: ['H23', 'H23.X01'], dossiers: ['H23.X01', 'H23.X09'], rows: 2 },
          'bo-gtvt': { dossiers: ['H23.X09'], rows: 1 },
        },
        expected: { procedures: ['H23', 'H23.X01'], dossiers: ['H23.X01', 'H23.X09'] },
      },
      agenciesOrigin: 'http://127.0.0.1:5000',
      originOf: (name) => `http://127.0.0.1:${name === 'mot-cua' ? 5001 : 5002}`,
    });

    expect(text).toBe(`version: 1
directory: agency-directory.json
subgraphs:
  agencies:
    url: http://127.0.0.1:5000/agencies
  procedures:
    expected:
      - H23
      - H23.X01
  dossiers:
    expected:
      - H23.X01
      - H23.X09
systems:
  mot-cua:
    name: Hệ thống một cửa điện tử tỉnh
    subgraphs:
      procedures:
        urls:
          - http://127.0.0.1:5001/procedures
        agencies:
          - H23
          - H23.X01
      dossiers:
        urls:
          - http://127.0.0.1:5001/dossiers
        agencies:
          - H23.X01
          - H23.X09
  bo-gtvt:
    name: Hệ thống giấy phép lái xe
    subgraphs:
      dossiers:
        urls:
          - http://127.0.0.1:5002/dossiers
        agencies:
          - H23.X09
`);
  });
});
