import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AgencyDirectory } from '../../schema/agency-directory';
import { Agency } from './agency';
import { DossierConnection } from './dossier-connection';
import { dossierPage, type LazyDossierConnection } from './dossier-page';
import { DossiersArgs } from './dossiers-args';
import type { DossierSource } from './dossier-source';
import type { DossiersContext } from './dossiers-context';
import { Performance } from './performance';
import { PerformanceArgs } from './performance-args';
import { toPerformanceScope } from './performance-scope';
import { emptyPerformance, type LazyPerformance, performanceView } from './performance-view';
import { toCriteria } from './to-criteria';

@Resolver(() => Agency)
export class AgencyResolver {
  constructor(
    private readonly source: DossierSource,
    private readonly directory: AgencyDirectory,
  ) {}

  @FieldResolver(() => DossierConnection, {
    nullable: true,
    description: 'Hồ sơ cơ quan này tiếp nhận, từng trang. Dossiers it received, page by page.',
  })
  @Directive('@gather(by: MERGE)')
  dossiers(
    @Root() { code }: Agency,
    @Args(() => DossiersArgs) { filter, ...page }: DossiersArgs,
    @Ctx() { loaders, now }: DossiersContext,
  ): LazyDossierConnection {
    const { agencies, ...criteria } = toCriteria(filter ?? {}, this.directory);
    const agency = this.#canonical(code);
    const isLeftOut = agencies != null && !agencies.includes(agency);
    return dossierPage(page, {
      source: this.source,
      criteria: { ...criteria, agencies: isLeftOut ? [] : [agency] },
      now,
      count: () => (isLeftOut ? Promise.resolve(0) : loaders.countOfAgency.load({ agency, criteria })),
    });
  }

  @FieldResolver(() => Performance, {
    nullable: true,
    description: 'Tình hình giải quyết hồ sơ cơ quan này tiếp nhận. Figures of the dossiers it received.',
  })
  @Directive('@gather(by: OBJECT)')
  performance(
    @Root() { code }: Agency,
    @Args(() => PerformanceArgs) { filter, clock }: PerformanceArgs,
    @Ctx() { loaders }: DossiersContext,
  ): LazyPerformance {
    const scope = toPerformanceScope(filter ?? {}, clock, this.directory);
    const { agencies, ...criteria } = scope.criteria;
    const key = this.#canonical(code);
    if (agencies != null && !agencies.includes(key)) return emptyPerformance(clock);
    return performanceView({ ...scope, criteria, split: { by: 'agency', key } }, loaders.performance);
  }

  /** A representation may come with any code of the agency; one the directory does not know has no dossiers here. */
  #canonical(code: string): string {
    return this.directory.find(code)?.code ?? code;
  }
}
