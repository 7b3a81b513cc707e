import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { AgencyDirectory } from '../../schema/agency-directory';
import { DEFAULT_PAGE_SIZE } from '../../schema/page-size';
import type { DossierClock, DossierOrderName } from '../sources/dossier-query';
import { Agency } from './agency';
import { DossierConnection, DossierOrder } from './dossier-connection';
import { DossierFilter } from './dossier-filter';
import { dossierPage, type LazyDossierConnection } from './dossier-page';
import type { DossierSource } from './dossier-source';
import type { DossiersContext } from './dossiers-context';
import { Performance } from './performance';
import { PerformanceFilter } from './performance-filter';
import { toPerformanceScope } from './performance-scope';
import { emptyPerformance, type LazyPerformance, performanceView } from './performance-view';
import { Clock } from './timeliness';
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
    @Arg('filter', () => DossierFilter, { nullable: true, description: 'Điều kiện lọc. Which ones.' })
    filter: DossierFilter | null | undefined,
    @Arg('orderBy', () => DossierOrder, {
      nullable: true,
      description: 'Thứ tự; mặc định RECEIVED_DESC. The order; RECEIVED_DESC by default.',
    })
    orderBy: DossierOrderName | null | undefined,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_PAGE_SIZE,
      description: 'Số hồ sơ của trang, 1 đến 200. Dossiers on the page, 1 to 200.',
    })
    first: number | null | undefined,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Con trỏ của trang trước. A cursor of the page before.',
    })
    after: string | null | undefined,
    @Ctx() { loaders, now }: DossiersContext,
  ): LazyDossierConnection {
    const { agencies, ...criteria } = toCriteria(filter ?? {}, this.directory);
    const agency = this.#canonical(code);
    const isLeftOut = agencies != null && !agencies.includes(agency);
    return dossierPage(
      { orderBy, first, after },
      {
        source: this.source,
        criteria: { ...criteria, agencies: isLeftOut ? [] : [agency] },
        now,
        count: () => (isLeftOut ? Promise.resolve(0) : loaders.countOfAgency.load({ agency, criteria })),
      },
    );
  }

  @FieldResolver(() => Performance, {
    nullable: true,
    description: 'Tình hình giải quyết hồ sơ cơ quan này tiếp nhận. Figures of the dossiers it received.',
  })
  @Directive('@gather(by: OBJECT)')
  performance(
    @Root() { code }: Agency,
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
