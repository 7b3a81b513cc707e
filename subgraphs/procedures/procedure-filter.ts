import { Directive, Field, ID, InputType } from 'type-graphql';
import type { ProcedureIssueCode as IssueCode } from '../sources/catalogue/procedure-issues';
import type {
  Channel as ChannelName,
  ProcedureLevel as LevelName,
} from '../sources/catalogue/procedure-record';
import { Channel } from './channel';
import { ProcedureIssueCode } from './procedure-issue';
import { ProcedureLevel } from './procedure-level';

@InputType('ProcedureFilter', {
  description:
    'Điều kiện lọc thủ tục; mọi điều kiện phải đúng, trong một danh sách chỉ cần một. Which procedures; all conditions must hold, of a list any one value.',
})
export class ProcedureFilter {
  @Field(() => [ID], {
    nullable: true,
    description:
      'Cơ quan công bố hoặc thực hiện, đúng các mã này, theo cách viết nào cũng được; null là tất cả, [] là không có. Agencies that publish or carry it out, exactly these codes, in either notation; null is all, [] is none.',
  })
  @Directive('@shardArg(route: AGENCY)')
  readonly agencies?: readonly string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Thêm mọi cơ quan cấp dưới của `agencies`. Also every agency below `agencies`.',
  })
  readonly includeChildren?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Thêm các cơ quan tiền thân của `agencies`. Also the predecessors of `agencies`.',
  })
  readonly includePredecessors?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Tìm trong tên, không cần dấu: mỗi từ là phần đầu của một từ trong tên; tối đa 200 ký tự; không có chữ hay số nào thì chọn tất cả. Search in the names, accents not needed: each word starts a word of the name; 200 characters at most; a text without a letter or digit selects all.',
  })
  readonly text?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Lĩnh vực, đúng như ghi. Fields of work, as written.',
  })
  readonly fields?: readonly string[] | null;

  @Field(() => [ProcedureLevel], { nullable: true, description: 'Cấp thực hiện. Levels.' })
  readonly levels?: readonly LevelName[] | null;

  @Field(() => [Channel], { nullable: true, description: 'Cách thức thực hiện. Channels.' })
  readonly channels?: readonly ChannelName[] | null;

  @Field(() => [ProcedureIssueCode], {
    nullable: true,
    description: 'Có điều chưa sạch này. Something of this kind is not clean.',
  })
  readonly issues?: readonly IssueCode[] | null;
}
