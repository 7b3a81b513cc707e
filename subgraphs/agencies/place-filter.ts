import { Field, ID, InputType } from 'type-graphql';
import { PlaceLevel } from './place-level';

@InputType('PlaceFilter', {
  description:
    'Điều kiện lọc đơn vị hành chính; mọi điều kiện phải đúng. Which units; all conditions must hold.',
})
export class PlaceFilter {
  @Field(() => [ID], {
    nullable: true,
    description:
      'Đúng các mã này; null là tất cả, [] là không có. Exactly these codes; null is all, [] is none.',
  })
  readonly codes?: readonly string[] | null;

  @Field(() => PlaceLevel, { nullable: true, description: 'Cấp. The level.' })
  readonly level?: PlaceLevel | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Mã của đơn vị cấp trên trực tiếp. Code of the unit right above.',
  })
  readonly parent?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Tìm trong tên, không cần dấu: mỗi từ là phần đầu của một từ trong tên. Search in the names, accents not needed: each word starts a word of the name.',
  })
  readonly text?: string | null;
}
