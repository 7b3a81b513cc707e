import { Directive, Field, ObjectType } from 'type-graphql';
import { Agency } from './agency';
import { Channel } from './channel';
import { PerformanceFigures } from './performance-figures';
import { Procedure } from './procedure';

@ObjectType('PerformanceByAgency', {
  simpleResolvers: true,
  implements: PerformanceFigures,
  description: 'Số liệu theo cơ quan tiếp nhận. Figures by receiving agency.',
})
export class PerformanceByAgency extends PerformanceFigures {
  @Field(() => Agency, { nullable: true, description: 'Cơ quan tiếp nhận. The receiving agency.' })
  @Directive('@gather(by: FIRST)')
  readonly agency!: Agency | null;
}

@ObjectType('PerformanceByField', {
  simpleResolvers: true,
  implements: PerformanceFigures,
  description: 'Số liệu theo lĩnh vực. Figures by field.',
})
export class PerformanceByField extends PerformanceFigures {
  @Field(() => String, {
    nullable: true,
    description: 'Lĩnh vực; null khi không rõ. The field; null when unknown.',
  })
  @Directive('@gather(by: FIRST)')
  readonly field!: string | null;
}

@ObjectType('PerformanceByProcedure', {
  simpleResolvers: true,
  implements: PerformanceFigures,
  description: 'Số liệu theo thủ tục. Figures by procedure.',
})
export class PerformanceByProcedure extends PerformanceFigures {
  @Field(() => Procedure, {
    nullable: true,
    description: 'Thủ tục; null khi không rõ mã. The procedure; null when its code is unknown.',
  })
  @Directive('@gather(by: FIRST)')
  readonly procedure!: Procedure | null;
}

@ObjectType('PerformanceByMonth', {
  simpleResolvers: true,
  implements: PerformanceFigures,
  description: 'Số liệu theo tháng tiếp nhận. Figures by month of receipt.',
})
export class PerformanceByMonth extends PerformanceFigures {
  @Field(() => String, { nullable: true, description: 'Tháng tiếp nhận, `YYYY-MM`. The month of receipt.' })
  @Directive('@gather(by: FIRST)')
  readonly month!: string | null;
}

@ObjectType('PerformanceByChannel', {
  simpleResolvers: true,
  implements: PerformanceFigures,
  description: 'Số liệu theo kênh. Figures by channel.',
})
export class PerformanceByChannel extends PerformanceFigures {
  @Field(() => Channel, {
    nullable: true,
    description: 'Kênh nộp; null khi không ghi. The channel; null when none is written down.',
  })
  @Directive('@gather(by: FIRST)')
  readonly channel!: Channel | null;
}

@ObjectType('Performance', {
  simpleResolvers: true,
  implements: PerformanceFigures,
  description:
    'Tình hình giải quyết hồ sơ trong một kỳ. How dossiers were dealt with in a period; only dossiers that were received count.',
})
export class Performance extends PerformanceFigures {
  @Field(() => [PerformanceByAgency], {
    nullable: true,
    description: 'Chia theo cơ quan tiếp nhận. By receiving agency.',
  })
  @Directive('@gather(by: GROUP, key: "agency.code")')
  readonly byAgency!: readonly PerformanceByAgency[];

  @Field(() => [PerformanceByField], { nullable: true, description: 'Chia theo lĩnh vực. By field.' })
  @Directive('@gather(by: GROUP, key: "field")')
  readonly byField!: readonly PerformanceByField[];

  @Field(() => [PerformanceByProcedure], { nullable: true, description: 'Chia theo thủ tục. By procedure.' })
  @Directive('@gather(by: GROUP, key: "procedure.code")')
  readonly byProcedure!: readonly PerformanceByProcedure[];

  @Field(() => [PerformanceByMonth], {
    nullable: true,
    description: 'Chia theo tháng tiếp nhận. By month of receipt.',
  })
  @Directive('@gather(by: GROUP, key: "month")')
  readonly byMonth!: readonly PerformanceByMonth[];

  @Field(() => [PerformanceByChannel], { nullable: true, description: 'Chia theo kênh. By channel.' })
  @Directive('@gather(by: GROUP, key: "channel")')
  readonly byChannel!: readonly PerformanceByChannel[];
}
