import { ArgsType, Field, Int } from 'type-graphql';
import { DEFAULT_PAGE_SIZE } from '../../schema/page-size';
import { DateScalar } from '../federation/date-scalar';
import type { ProcedureOrder as Order } from '../sources/catalogue/catalogue-query';
import { ProcedureFilter } from './procedure-filter';
import { ProcedureOrder } from './procedure-order';

@ArgsType()
export class ProceduresArgs {
  @Field(() => ProcedureFilter, { nullable: true, description: 'Điều kiện lọc. Which procedures.' })
  readonly filter?: ProcedureFilter | null;

  @Field(() => ProcedureOrder, {
    nullable: true,
    description:
      'Thứ tự; mặc định MATCH_ASC khi có `filter.text`, nếu không thì NAME_ASC. The order; by default MATCH_ASC with `filter.text`, else NAME_ASC.',
  })
  readonly orderBy?: Order | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_PAGE_SIZE,
    description: 'Số dòng của trang, từ 1 đến 200. The rows of the page, 1 to 200.',
  })
  readonly first?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Con trỏ của dòng cuối trang trước, với cùng các đối số. The cursor of the last row of the page before, with the same arguments.',
  })
  readonly after?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Ngày xét thẩm quyền; mặc định là ngày của yêu cầu. The day competence is asked for; the day of the request by default.',
  })
  readonly asOf?: string | null;
}
