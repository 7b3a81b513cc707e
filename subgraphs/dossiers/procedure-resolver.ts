import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AgencyDirectory } from '../../schema/agency-directory';
import type { DossiersContext } from './dossiers-context';
import { Performance } from './performance';
import { PerformanceArgs } from './performance-args';
import { toPerformanceScope } from './performance-scope';
import { emptyPerformance, type LazyPerformance, performanceView } from './performance-view';
import { Procedure } from './procedure';

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
    @Args(() => PerformanceArgs) { filter, clock }: PerformanceArgs,
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
