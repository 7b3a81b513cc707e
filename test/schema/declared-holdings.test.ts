import { compareHoldings, type RegisteredHoldings } from '../../schema/declared-holdings';

const registered: RegisteredHoldings = {
  name: 'tu-phap',
  subgraphs: [{ subgraph: 'dossiers', agencies: ['H23.X04', 'H23.X05'] }],
};

describe('compareHoldings', () => {
  it('finds nothing to say of a system that declares what the registry gives it', () => {
    expect(
      compareHoldings(registered, { system: 'tu-phap', subgraphs: { dossiers: ['H23.X05', 'H23.X04'] } }),
    ).toEqual([]);
  });

  it('names the agencies that only one side knows of', () => {
    expect(
      compareHoldings(registered, { system: 'tu-phap', subgraphs: { dossiers: ['H23.X04', 'H23.X06'] } }),
    ).toEqual([
      'Agencies that the registry gives "tu-phap" (dossiers), which it does not declare: H23.X05',
      'Agencies that "tu-phap" (dossiers) declares, which the registry does not give it: H23.X06',
    ]);
  });

  it('names another system that answers at the address, and a subgraph that is not served there', () => {
    expect(compareHoldings(registered, { system: 'y-te', subgraphs: {} })).toEqual([
      'The address of "tu-phap" is answered by the system "y-te"',
    ]);
    expect(compareHoldings(registered, { system: 'tu-phap', subgraphs: {} })).toEqual([
      '"tu-phap" declares no subgraph "dossiers", the registry does',
    ]);
  });
});
