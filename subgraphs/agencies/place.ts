import { Field, ID, ObjectType } from 'type-graphql';
import { DateScalar } from '../federation/date-scalar';
import { PlaceLevel } from './place-level';

/** Where the rows of a unit went; the unit itself is looked up at `effectiveDate`. */
@ObjectType('PlaceSuccession', {
  simpleResolvers: true,
  description: 'Đơn vị kế tiếp của một đơn vị hành chính. The unit that follows another.',
})
export class PlaceSuccession {
  @Field(() => ID, { description: 'Mã của đơn vị kế tiếp. Code of the next unit.' })
  readonly code!: string;

  @Field(() => String, { description: 'Tên của đơn vị kế tiếp. Name of the next unit.' })
  readonly name!: string;

  @Field(() => DateScalar, { description: 'Ngày đơn vị kế tiếp có hiệu lực. First day of the next unit.' })
  readonly effectiveDate!: string;
}

@ObjectType('Place', {
  simpleResolvers: true,
  description:
    'Một đơn vị hành chính trong một khoảng thời gian. An administrative unit during one time: codes are used again under other names, so only code and `validFrom` together tell units apart.',
})
export class Place {
  @Field(() => ID, { description: 'Mã của Tổng cục Thống kê. The code of the statistics office.' })
  readonly code!: string;

  @Field(() => String, { description: 'Tên, có loại đơn vị đứng trước. The name, its kind in front.' })
  readonly name!: string;

  @Field(() => PlaceLevel, { description: 'Cấp. The level.' })
  readonly level!: PlaceLevel;

  @Field(() => String, {
    description: 'Loại: xã, phường, thị trấn, huyện, thị xã, thành phố. The kind of unit.',
  })
  readonly kind!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Ngày bắt đầu; null là trước dữ liệu cũ nhất. First day; null is before the earliest data we hold.',
  })
  readonly validFrom!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Ngày cuối cùng; null khi còn. Last day; null while it goes on.',
  })
  readonly validTo!: string | null;

  @Field(() => String, { nullable: true, description: 'Mã tỉnh, thành phố. Code of the province.' })
  readonly provinceCode!: string | null;

  @Field(() => String, { nullable: true, description: 'Tên tỉnh, thành phố. Name of the province.' })
  readonly provinceName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Thay đổi, như nguồn ghi. What changed, as the source says.',
  })
  readonly change!: string | null;

  @Field(() => [PlaceSuccession], {
    description:
      'Đơn vị kế tiếp theo thời gian; trống khi chưa xác định được. The next units in time; empty when not established.',
  })
  readonly successors!: readonly PlaceSuccession[];

  @Field(() => PlaceSuccession, {
    nullable: true,
    description: 'Đơn vị chứa phần chính từ 2025-07-01. The unit its main part belongs to since 2025-07-01.',
  })
  readonly successor2025!: PlaceSuccession | null;

  @Field(() => String, { nullable: true, description: 'Độ tin cậy. How certain it is.' })
  readonly certainty!: string | null;

  // What the links need; not part of the schema.

  readonly parentCode!: string | null;
  readonly nameWords!: readonly string[];
}
