import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { AgenciesContext } from './agencies-context';
import { AsOfArgs } from './as-of-args';
import { Place, PlaceSuccession } from './place';
import { PlaceFilter } from './place-filter';
import type { PlaceStore } from './place-store';

@Resolver(() => Place)
export class PlaceResolver {
  constructor(private readonly store: PlaceStore) {}

  @Query(() => [Place], {
    nullable: true,
    description:
      'Các đơn vị hành chính còn hiệu lực vào một ngày, xếp theo mã. The units valid on a day, by code.',
  })
  places(
    @Args(() => AsOfArgs) { asOf }: AsOfArgs,
    @Arg('filter', () => PlaceFilter, { nullable: true, description: 'Điều kiện lọc. Which ones.' })
    filter: PlaceFilter | null | undefined,
    @Ctx() { today }: AgenciesContext,
  ): Promise<readonly Place[]> {
    return this.store.list(filter ?? {}, asOf ?? today);
  }

  @Query(() => Place, {
    nullable: true,
    description:
      'Đơn vị mang mã này vào một ngày: mã được dùng lại dưới tên khác. The unit that has this code on a day: codes are used again under other names.',
  })
  place(
    @Args(() => AsOfArgs) { asOf }: AsOfArgs,
    @Arg('code', () => ID, { description: 'Mã của Tổng cục Thống kê. The code of the statistics office.' })
    code: string,
    @Ctx() { loaders, today }: AgenciesContext,
  ): Promise<Place | null> {
    return loaders.place.load({ code, day: asOf ?? today });
  }

  @FieldResolver(() => Place, {
    nullable: true,
    description: 'Đơn vị cấp trên trực tiếp. The unit right above, as it was while this one was valid.',
  })
  parent(@Root() place: Place, @Ctx() { loaders, today }: AgenciesContext): Promise<Place | null> | null {
    const { parentCode, validFrom, validTo } = place;
    return parentCode === null
      ? null
      : loaders.place.load({ code: parentCode, day: validTo ?? validFrom ?? today });
  }

  @FieldResolver(() => [Place], {
    description: 'Các đơn vị trực thuộc, còn hiệu lực vào một ngày. The units right below, valid on a day.',
  })
  children(
    @Root() { code }: Place,
    @Args(() => AsOfArgs) { asOf }: AsOfArgs,
    @Ctx() { loaders, today }: AgenciesContext,
  ): Promise<readonly Place[]> {
    return loaders.placeChildren.load({ code, day: asOf ?? today });
  }

  @FieldResolver(() => [Place], {
    description:
      'Các đơn vị mà phần chính nhập vào đơn vị này. The units whose main part went into this one.',
  })
  predecessors(@Root() place: Place, @Ctx() { loaders }: AgenciesContext): Promise<readonly Place[]> {
    return loaders.placePredecessors.load(place);
  }
}

@Resolver(() => PlaceSuccession)
export class PlaceSuccessionResolver {
  @FieldResolver(() => Place, {
    nullable: true,
    description: 'Đơn vị kế tiếp, vào ngày nó có hiệu lực. The next unit, on its first day.',
  })
  place(@Root() next: PlaceSuccession, @Ctx() { loaders }: AgenciesContext): Promise<Place | null> {
    return loaders.place.load({ code: next.code, day: next.effectiveDate });
  }
}
