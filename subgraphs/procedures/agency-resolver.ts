import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AgencyDirectory } from '../../schema/agency-directory';
import { Agency } from './agency';
import { ProcedureConnection } from './procedure-connection';
import { loadProcedurePage } from './procedure-page';
import { toSelection } from './procedure-selection';
import { ProceduresArgs } from './procedures-args';
import { dayAsked, type ProceduresContext } from './procedures-context';

@Resolver(() => Agency)
export class AgencyResolver {
  constructor(private readonly directory: AgencyDirectory) {}

  @FieldResolver(() => ProcedureConnection, {
    nullable: true,
    description:
      'Thủ tục cơ quan này công bố hoặc thực hiện; `filter.agencies` thu hẹp thêm. The procedures this agency publishes or carries out; `filter.agencies` narrows them further.',
  })
  @Directive('@gather(by: MERGE)')
  async procedures(
    @Root() agency: Agency,
    @Args(() => ProceduresArgs) args: ProceduresArgs,
    @Ctx() context: ProceduresContext,
  ): Promise<ProcedureConnection> {
    const selection = toSelection(args.filter, dayAsked(args.asOf, context), this.directory);
    const code = this.directory.find(agency.code)?.code ?? agency.code;
    return loadProcedurePage({ ...selection, agency: code }, args, context);
  }
}
