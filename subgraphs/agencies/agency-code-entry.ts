import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { AgencyCode, AgencyCodeScheme } from '../../schema/agency-code';
import { DateScalar } from '../federation/date-scalar';

const SCHEMES = {
  QCVN_102_2016: 'QCVN_102_2016',
  QD_20_2020: 'QD_20_2020',
  QD_19_2025: 'QD_19_2025',
} as const satisfies { readonly [Scheme in AgencyCodeScheme]: Scheme };

registerEnumType(SCHEMES, {
  name: 'AgencyCodeScheme',
  description: 'Quy định về mã định danh. The rule an agency code follows.',
  valuesConfig: {
    QCVN_102_2016: {
      description: 'QCVN 102:2016/BTTTT, ví dụ `000.00.X04.H23`. Province last, always four parts.',
    },
    QD_20_2020: { description: 'Quyết định 20/2020/QĐ-TTg, ví dụ `H23.X04`. Province first.' },
    QD_19_2025: { description: 'Quyết định 19/2025/QĐ-TTg. Its successor for the merged provinces.' },
  },
});

@ObjectType('AgencyCode', {
  simpleResolvers: true,
  description: 'Một mã định danh điện tử của cơ quan. One identifier of an agency.',
})
export class AgencyCodeEntry implements AgencyCode {
  @Field(() => SCHEMES, { description: 'Quy định mà mã tuân theo. The rule it follows.' })
  readonly scheme!: AgencyCodeScheme;

  @Field(() => String, { description: 'Mã, đúng như được viết. The code, as written.' })
  readonly text!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Ngày bắt đầu dùng. First day of use.' })
  readonly validFrom!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Ngày cuối cùng dùng. Last day of use.' })
  readonly validTo!: string | null;

  @Field(() => Boolean, {
    description:
      'Mã giả định để trình diễn, không phải mã thật. Made up for a demonstration, not a real code.',
  })
  readonly fictitious!: boolean;
}
