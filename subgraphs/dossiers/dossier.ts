import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../federation/date-time-scalar';
import type { DossierRow } from '../sources/dossiers/dossier-row';
import { Agency } from './agency';
import { Channel } from './channel';
import { DossierStatus, toDossierStatus } from './dossier-status';
import { Procedure } from './procedure';

@ObjectType('Dossier', {
  simpleResolvers: true,
  description:
    'Hồ sơ giải quyết thủ tục hành chính, không có dữ liệu cá nhân. One application for one procedure, without personal data.',
})
@Directive('@key(fields: "code")')
@Directive('@shardBy(graph: "dossiers", key: "code", route: [PREFIX, INDEX, SCATTER])')
export class Dossier {
  @Field(() => ID, {
    description:
      'Mã hồ sơ: văn bản, không suy ra cơ quan hiện giữ. The code: opaque, never says who holds it now.',
  })
  readonly code!: string;

  @Field(() => [String], {
    description: 'Các mã khác của cùng hồ sơ. Other codes of the same dossier.',
  })
  readonly aliases!: readonly string[];

  @Field(() => Procedure, {
    nullable: true,
    description: 'Thủ tục; null khi hệ thống không biết mã. Null when the system knows no code.',
  })
  readonly procedure!: Procedure | null;

  @Field(() => Agency, {
    nullable: true,
    description: 'Cơ quan tiếp nhận. The agency that received it.',
  })
  readonly receivingAgency!: Agency | null;

  @Field(() => Agency, { nullable: true, description: 'Cơ quan giải quyết. The agency that handles it.' })
  readonly handlingAgency!: Agency | null;

  @Field(() => String, { nullable: true, description: 'Lĩnh vực. The field.' })
  readonly field!: string | null;

  @Field(() => DossierStatus, {
    nullable: true,
    description: 'Trạng thái; null khi hệ thống dùng từ lạ. Null when the system uses an unknown word.',
  })
  readonly status!: DossierStatus | null;

  @Field(() => Int, { nullable: true, description: 'Số trạng thái quốc gia, 0 đến 10. The national number.' })
  readonly statusNumber!: number | null;

  @Field(() => Channel, { nullable: true, description: 'Kênh nộp hồ sơ. How it was handed in.' })
  readonly channel!: Channel | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Ngày nộp. When it was handed in.' })
  readonly submittedAt!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Ngày tiếp nhận. When it was received.' })
  readonly receivedAt!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Ngày hẹn trả. The promised date.' })
  readonly dueAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Ngày xử lý xong. When processing was finished.',
  })
  readonly finishedAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Ngày trả kết quả. When the result was returned.',
  })
  readonly returnedAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Ngày từ chối, rút hoặc dừng. When it was refused, withdrawn or stopped.',
  })
  readonly refusedAt!: string | null;

  @Field(() => Boolean, { description: 'Dữ liệu giả định để trình diễn. Made up for a demonstration.' })
  readonly isSynthetic!: boolean;

  /** What the fields of other rows are found by; not part of the schema. */
  readonly row!: DossierRow;
}

export function toDossier(row: DossierRow): Dossier {
  const { procedure, receivingAgency, handlingAgency, status } = row;
  return {
    ...row,
    row,
    procedure: procedure === null ? null : { code: procedure },
    receivingAgency: { code: receivingAgency },
    handlingAgency: handlingAgency === null ? null : { code: handlingAgency },
    status: toDossierStatus(status),
    statusNumber: status,
  };
}
