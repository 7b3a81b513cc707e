import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AgencyDirectory } from '../../schema/agency-directory';
import type { DossierClock } from '../sources/dossier-query';
import type { DossiersContext } from './dossiers-context';
import { Performance } from './performance';
import { PerformanceFilter } from './performance-filter';
import { toPerformanceScope } from './performance-scope';
import { emptyPerformance, type LazyPerformance, performanceView } from './performance-view';
import { Procedure } from './procedure';
import { Clock } from './timeliness';

@Resolver(() => Procedure)
export class ProcedureResolver {
  constructor(private readonly directory: AgencyDirectory) {}

  @FieldResolver(() => Performance, {
    nullable: true,
    description: 'Tình hình giải quyết hồ sơ của thủ tục này. Figures of its dossiers.',
  })
  @Directive('@gather(by: OBJECT)')
  performance(
    @Root() { code }: Procedure,
    @Arg('filter', () => PerformanceFilter, {
      nullable: true,
      description: 'Phạm vi và kỳ. Which dossiers and period.',
    })
    filter: PerformanceFilter | null | undefined,
    @Arg('clock', () => Clock, { defaultValue: Clock.LOCAL, description: 'Cách tính. Which clock.' })
    clock: DossierClock,
    @Ctx() { loaders }: DossiersContext,
  ): LazyPerformance {
    const scope = toPerformanceScope(filter ?? {}, clock, this.directory);
    const { procedures, ...criteria } = scope.criteria;
    if (procedures != null && !procedures.includes(code)) return emptyPerformance(clock);
    return performanceView(
      { ...scope, criteria, split: { by: 'procedure', key: code } },
      loaders.performance,
    );
  }
}
