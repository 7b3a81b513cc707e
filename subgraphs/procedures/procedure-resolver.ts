import { Args, Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { AgencyDirectory } from '../../schema/agency-directory';
import { Procedure } from './procedure';
import { ProcedureArgs } from './procedure-args';
import { codesMeant } from './procedure-code';
import { ProcedureConnection } from './procedure-connection';
import { loadProcedurePage } from './procedure-page';
import { toSelection } from './procedure-selection';
import { ProceduresArgs } from './procedures-args';
import { dayAsked, type ProceduresContext } from './procedures-context';
import { toProcedure } from './to-procedure';

@Resolver(() => Procedure)
export class ProcedureResolver {
  constructor(private readonly directory: AgencyDirectory) {}

  @Query(() => ProcedureConnection, {
    nullable: true,
    description:
      'Danh mục thủ tục của mọi cơ quan, theo trang. The catalogue of procedures of every agency, by pages.',
  })
  @Directive('@gather(by: MERGE)')
  async procedures(
    @Args(() => ProceduresArgs) args: ProceduresArgs,
    @Ctx() context: ProceduresContext,
  ): Promise<ProcedureConnection> {
    const selection = toSelection(args.filter, dayAsked(args.asOf, context), this.directory);
    return loadProcedurePage(selection, args, context);
  }

  @Query(() => Procedure, {
    nullable: true,
    description:
      'Một thủ tục theo mã; null khi không có, hoặc không cơ quan nào có thẩm quyền vào ngày đó. One procedure by its code; null when there is none, or nobody is competent for it on that day.',
  })
  @Directive('@gather(by: FIRST)')
  async procedure(
    @Args(() => ProcedureArgs) { code, asOf }: ProcedureArgs,
    @Ctx() context: ProceduresContext,
  ): Promise<Procedure | null> {
    const day = dayAsked(asOf, context);
    const keys = codesMeant(code, this.directory).map((meant) => ({ code: meant, asOf: day }));
    const found = await Promise.all(keys.map((key) => context.loaders.procedure.load(key)));
    const entry = found.find((candidate) => candidate !== null);
    return entry === undefined ? null : toProcedure(entry);
  }
}
