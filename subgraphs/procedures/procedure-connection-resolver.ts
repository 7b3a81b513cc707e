import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ProcedureConnection } from './procedure-connection';
import type { ProcedurePage } from './procedure-page';
import type { ProceduresContext } from './procedures-context';

@Resolver(() => ProcedureConnection)
export class ProcedureConnectionResolver {
  @FieldResolver(() => Int, { nullable: true })
  totalCount(@Root() page: ProcedurePage, @Ctx() { loaders }: ProceduresContext): Promise<number> {
    return loaders.count.load(page.selection);
  }
}
