import { Args, Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { AgencyDirectory } from '../../schema/agency-directory';
import type { DossiersContext } from './dossiers-context';
import { Performance } from './performance';
import { PerformanceArgs } from './performance-args';
import { toPerformanceScope } from './performance-scope';
import { type LazyPerformance, performanceView } from './performance-view';

@Resolver(() => Performance)
export class PerformanceResolver {
  constructor(private readonly directory: AgencyDirectory) {}

  @Query(() => Performance, {
    nullable: true,
    description: 'Tình hình giải quyết hồ sơ của mọi cơ quan. Figures over every agency.',
  })
  @Directive('@gather(by: OBJECT)')
  performance(
    @Args(() => PerformanceArgs) { filter, clock }: PerformanceArgs,
    @Ctx() { loaders }: DossiersContext,
  ): LazyPerformance {
    const scope = toPerformanceScope(filter ?? {}, clock, this.directory);
    return performanceView(scope, loaders.performance);
  }
}
