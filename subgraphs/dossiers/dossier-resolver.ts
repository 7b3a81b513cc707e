import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { AgencyDirectory } from '../../schema/agency-directory';
import type { DossierClock } from '../sources/dossiers/dossier-query';
import type { SupplementRow } from '../sources/dossiers/dossier-row';
import { Dossier, toDossier } from './dossier';
import { DossierConnection } from './dossier-connection';
import { dossierPage, type LazyDossierConnection } from './dossier-page';
import { DossiersArgs } from './dossiers-args';
import type { DossierSource } from './dossier-source';
import { toDossierStatus } from './dossier-status';
import { DossierStep } from './dossier-step';
import type { DossiersContext } from './dossiers-context';
import { judgeTimeliness } from './judge-timeliness';
import { Supplement } from './supplement';
import { Clock, Timeliness } from './timeliness';
import { toCriteria } from './to-criteria';

@Resolver(() => Dossier)
export class DossierResolver {
  constructor(
    private readonly source: DossierSource,
    private readonly directory: AgencyDirectory,
  ) {}

  @Query(() => DossierConnection, {
    nullable: true,
    description: 'Hồ sơ của mọi cơ quan, từng trang. Dossiers of every agency, page by page.',
  })
  @Directive('@gather(by: MERGE)')
  dossiers(
    @Args(() => DossiersArgs) { filter, ...page }: DossiersArgs,
    @Ctx() { now }: DossiersContext,
  ): LazyDossierConnection {
    const { source } = this;
    const criteria = toCriteria(filter ?? {}, this.directory);
    const count = () => source.count({ criteria, now });
    return dossierPage(page, { source, criteria, now, count });
  }

  @Query(() => Dossier, {
    nullable: true,
    description:
      'Hồ sơ có mã này, hoặc có mã khác là mã này; null khi không có. The dossier with this code or alias; null when there is none.',
  })
  @Directive('@gather(by: FIRST)')
  async dossier(
    @Arg('code', () => ID, { description: 'Mã hồ sơ. A code of the dossier.' })
    @Directive('@shardArg(route: PREFIX)')
    code: string,
    @Ctx() { loaders }: DossiersContext,
  ): Promise<Dossier | null> {
    const row = await loaders.dossier.load(code);
    return row === null ? null : toDossier(row);
  }

  @FieldResolver(() => [Supplement], {
    nullable: true,
    description:
      'Các lần bổ sung, cũ trước; null khi hệ thống không lưu. Requests for supplements, oldest first; null when the system keeps none.',
  })
  supplements(
    @Root() { row }: Dossier,
    @Ctx() { loaders }: DossiersContext,
  ): Promise<readonly SupplementRow[] | null> | null {
    return row.supplementsKey === null ? null : loaders.supplements.load(row.supplementsKey);
  }

  @FieldResolver(() => [DossierStep], {
    nullable: true,
    description:
      'Các bước xử lý, cũ trước; null khi hệ thống không lưu. Steps, oldest first; null when the system keeps none.',
  })
  async steps(
    @Root() { row }: Dossier,
    @Ctx() { loaders }: DossiersContext,
  ): Promise<readonly DossierStep[] | null> {
    const steps = row.stepsKey === null ? null : await loaders.steps.load(row.stepsKey);
    return steps && steps.map((step) => ({ ...step, status: toDossierStatus(step.status) }));
  }

  @FieldResolver(() => Timeliness, {
    nullable: true,
    description: 'Đúng hạn hay không, theo cách tính đã chọn. On time or not, by the clock asked for.',
  })
  async timeliness(
    @Root() { row }: Dossier,
    @Arg('clock', () => Clock, { defaultValue: Clock.LOCAL, description: 'Cách tính. Which clock.' })
    clock: DossierClock,
    @Ctx() { loaders, now }: DossiersContext,
  ): Promise<Timeliness> {
    const needsSupplements = clock === 'NATIONAL' && row.supplementsKey !== null;
    const supplements = needsSupplements ? await loaders.supplements.load(row.supplementsKey) : null;
    return judgeTimeliness({ dossier: row, clock, at: now, supplements });
  }
}
