import type { ProcedureRecord } from '../../sources/catalogue/procedure-record';
import type { CatalogueFacts, Occurrences } from './system-facts';

/** The catalogue of a copy, one record a code. Codes that stood twice are among the problems of the pass. */
export class CopiedCatalogueFacts implements CatalogueFacts {
  constructor(private readonly records: readonly ProcedureRecord[]) {}

  async agencies() {
    const codes = this.records.flatMap(({ competences }) => [
      ...new Set(competences.map(({ agency }) => agency)),
    ]);
    return [...Map.groupBy(codes, (code) => code)].map(([agency, rows]) => ({
      raw: agency,
      agency,
      rows: rows.length,
    }));
  }

  async procedures() {
    return this.records.map(({ code, name }) => ({ code, name }));
  }

  async duplicates(): Promise<Occurrences> {
    return { count: 0, examples: [] };
  }
}
