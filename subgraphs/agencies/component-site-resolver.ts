import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { AgenciesContext } from './agencies-context';
import { Agency } from './agency';
import { AsOfArgs } from './as-of-args';
import { ComponentSite } from './component-site';
import type { ComponentSiteStore } from './component-site-store';

@Resolver(() => ComponentSite)
export class ComponentSiteResolver {
  constructor(
    private readonly store: ComponentSiteStore,
    private readonly siteDomain: string | null,
  ) {}

  @Query(() => [ComponentSite], {
    nullable: true,
    description:
      'Trang thành phần của các cơ quan còn hiệu lực vào một ngày, theo số thứ tự. The sites of the agencies valid on a day, by number.',
  })
  componentSites(
    @Args(() => AsOfArgs) { asOf }: AsOfArgs,
    @Ctx() { today }: AgenciesContext,
  ): Promise<readonly ComponentSite[]> {
    return this.store.list(asOf ?? today);
  }

  @Query(() => ComponentSite, {
    nullable: true,
    description: 'Trang thành phần có nhãn này. The site with this label.',
  })
  componentSite(
    @Arg('slug', () => ID, { description: 'Nhãn, ví dụ `sotuphap`. The label, such as `sotuphap`.' })
    slug: string,
    @Ctx() { loaders }: AgenciesContext,
  ): Promise<ComponentSite | null> {
    return loaders.site.load(slug);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Tên miền; null khi tỉnh chưa khai báo. The host name; null when no domain is configured.',
  })
  host(@Root() { slug }: ComponentSite): string | null {
    return this.siteDomain === null ? null : `${slug}.${this.siteDomain}`;
  }

  @FieldResolver(() => Agency, {
    nullable: true,
    description: 'Cơ quan chủ trang. The agency it belongs to.',
  })
  agency(@Root() { agencyCode }: ComponentSite, @Ctx() { loaders }: AgenciesContext): Promise<Agency | null> {
    return loaders.agency.load(agencyCode);
  }
}
