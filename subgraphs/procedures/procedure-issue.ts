import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { ProcedureIssueCode as Code } from '../sources/catalogue/procedure-issues';

export const ProcedureIssueCode = {
  UNIT_MISSING: 'UNIT_MISSING',
  FEE_SUSPECTED_DECIMAL: 'FEE_SUSPECTED_DECIMAL',
  FEE_SPREAD_SUSPICIOUS: 'FEE_SPREAD_SUSPICIOUS',
  TIME_DIFFERS_BY_CHANNEL: 'TIME_DIFFERS_BY_CHANNEL',
  TIME_AND_FEE_RUN_TOGETHER: 'TIME_AND_FEE_RUN_TOGETHER',
  NOTE_IN_NAME: 'NOTE_IN_NAME',
  NAME_NOT_CLEAN: 'NAME_NOT_CLEAN',
  CODE_MISSING: 'CODE_MISSING',
} as const satisfies Readonly<Record<Code, Code>>;

registerEnumType(ProcedureIssueCode, {
  name: 'ProcedureIssueCode',
  description:
    'Điều chưa sạch trong dữ liệu quốc gia về một thủ tục. What is not clean in the national data of a procedure.',
  valuesConfig: {
    UNIT_MISSING: { description: 'Thời hạn không có đơn vị. The time has no unit.' },
    FEE_SUSPECTED_DECIMAL: {
      description:
        'Phí dưới 1.000 đồng: dấu chấm hàng nghìn có thể bị đọc thành dấu thập phân. A fee below 1,000 VND: the point of thousands was probably read as a decimal point.',
    },
    FEE_SPREAD_SUSPICIOUS: {
      description:
        'Khoảng phí có cả giá trị đúng và giá trị mất ba số 0. The range holds a right fee and one that lost a factor of 1,000.',
    },
    TIME_DIFFERS_BY_CHANNEL: { description: 'Thời hạn khác nhau theo kênh. The time differs by channel.' },
    TIME_AND_FEE_RUN_TOGETHER: {
      description:
        'Thời hạn và phí dính liền trong nguồn, đã tách theo quy tắc. Time and fee run together in the source and were split by rule.',
    },
    NOTE_IN_NAME: {
      description:
        'Tên chứa ghi chú (bãi bỏ, thay thế, mã khác). The name contains a note: an abolition, a replacement, a code.',
    },
    NAME_NOT_CLEAN: {
      description:
        'Tên viết hoa toàn bộ, thừa dấu hoặc số ở đầu, cuối. The name is all capitals, or has stray numbers or punctuation.',
    },
    CODE_MISSING: {
      description:
        'Nguồn không có mã; mã ở đây là mã địa phương. The source has no code; the code here is local.',
    },
  },
});

@ObjectType('ProcedureIssue', {
  simpleResolvers: true,
  description:
    'Một điều chưa sạch; dữ liệu được giữ nguyên. Something that is not clean; the data stays as it is.',
})
export class ProcedureIssue {
  @Field(() => ProcedureIssueCode, { description: 'Mã vấn đề. What it is.' })
  readonly code!: Code;

  @Field(() => String, {
    description: 'Giá trị liên quan, song ngữ. The value in question, in both languages.',
  })
  readonly detail!: string;
}
