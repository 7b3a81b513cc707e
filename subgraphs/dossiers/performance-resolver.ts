import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { AgencyDirectory } from '../../schema/agency-directory';
import type { DossierClock } from '../sources/dossier-query';
import type { DossiersContext } from './dossiers-context';
import { Performance } from './performance';
import { PerformanceFilter } from './performance-filter';
import { toPerformanceScope } from './performance-scope';
import { type LazyPerformance, performanceView } from './performance-view';
import { Clock } from './timeliness';

@Resolver(() => Performance)
export class PerformanceResolver {
  constructor(private readonly directory: AgencyDirectory) {}

  @Query(() => Performance, {
    nullable: true,
    description: 'Tình hình giải quyết hồ sơ của mọi cơ quan. Figures over every agency.',
  })
  @Directive('@gather(by: OBJECT)')
  performance(
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
    return performanceView(scope, loaders.performance);
  }
}
