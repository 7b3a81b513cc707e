import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { AgenciesContext } from './agencies-context';
import { Agency } from './agency';
import { AgencyFilter } from './agency-filter';
import type { AgencyStore } from './agency-store';
import { AsOfArgs } from './as-of-args';
import { ComponentSite } from './component-site';
import { Place } from './place';
import { Succession } from './succession';
import { isValidAt } from './valid-at';

@Resolver(() => Agency)
export class AgencyResolver {
  constructor(private readonly store: AgencyStore) {}

  @Query(() => [Agency], {
    nullable: true,
    description: 'Các cơ quan còn hiệu lực vào một ngày, xếp theo mã. The agencies valid on a day, by code.',
  })
  agencies(
    @Args(() => AsOfArgs) { asOf }: AsOfArgs,
    @Arg('filter', () => AgencyFilter, { nullable: true, description: 'Điều kiện lọc. Which ones.' })
    filter: AgencyFilter | null | undefined,
    @Ctx() { today }: AgenciesContext,
  ): Promise<readonly Agency[]> {
    return this.store.list(filter ?? {}, asOf ?? today);
  }

  @Query(() => Agency, {
    nullable: true,
    description:
      'Cơ quan có mã này; null khi không có hoặc không có hiệu lực vào ngày đó. The agency with this code; null when there is none, or when it is not valid on that day.',
  })
  async agency(
    @Args(() => AsOfArgs) { asOf }: AsOfArgs,
    @Arg('code', () => ID, {
      description:
        'Mã theo cách viết nào cũng được: `H23.X04` hay `000.00.X04.H23`. A code in either notation.',
    })
    code: string,
    @Ctx() { loaders, today }: AgenciesContext,
  ): Promise<Agency | null> {
    const agency = await loaders.agency.load(code);
    return agency !== null && isValidAt(agency, asOf ?? today) ? agency : null;
  }

  @FieldResolver(() => Agency, {
    nullable: true,
    description: 'Cơ quan cấp trên trong tỉnh. The body above, inside the province.',
  })
  parent(@Root() { parentCode }: Agency, @Ctx() { loaders }: AgenciesContext): Promise<Agency | null> | null {
    return parentCode === null ? null : loaders.agency.load(parentCode);
  }

  @FieldResolver(() => [Agency], {
    description:
      'Các cơ quan trực thuộc, còn hiệu lực vào một ngày, xếp theo mã. The bodies right below, valid on a day, by code.',
  })
  children(
    @Root() { code }: Agency,
    @Args(() => AsOfArgs) { asOf }: AsOfArgs,
    @Ctx() { loaders, today }: AgenciesContext,
  ): Promise<readonly Agency[]> {
    return loaders.children.load({ code, day: asOf ?? today });
  }

  @FieldResolver(() => [Succession], {
    description:
      'Ai tiếp nhận chức năng nào, từ ngày nào; một cơ quan có thể có nhiều cơ quan kế tiếp. Who took over which function, and when; an agency may have several successors.',
  })
  successors(@Root() { code }: Agency, @Ctx() { loaders }: AgenciesContext): Promise<readonly Succession[]> {
    return loaders.successors.load(code);
  }

  @FieldResolver(() => [Succession], {
    description: 'Chức năng nào nhận từ ai, từ ngày nào. Which function came from whom, and when.',
  })
  predecessors(
    @Root() { code }: Agency,
    @Ctx() { loaders }: AgenciesContext,
  ): Promise<readonly Succession[]> {
    return loaders.predecessors.load(code);
  }

  @FieldResolver(() => ComponentSite, {
    nullable: true,
    description: 'Trang thông tin điện tử thành phần của cơ quan. Its component site.',
  })
  site(@Root() { code }: Agency, @Ctx() { loaders }: AgenciesContext): Promise<ComponentSite | null> {
    return loaders.siteOfAgency.load(code);
  }

  @FieldResolver(() => Place, {
    nullable: true,
    description:
      'Địa bàn mà ủy ban quản lý, vào một ngày; null với cơ quan không gắn địa bàn trong dữ liệu. The place a committee governs, on a day; null for other bodies.',
  })
  place(
    @Root() { placeCode }: Agency,
    @Args(() => AsOfArgs) { asOf }: AsOfArgs,
    @Ctx() { loaders, today }: AgenciesContext,
  ): Promise<Place | null> | null {
    return placeCode === null ? null : loaders.place.load({ code: placeCode, day: asOf ?? today });
  }
}
