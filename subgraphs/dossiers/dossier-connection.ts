import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../federation/page-info';
import type { DossierOrderName } from '../sources/dossiers/dossier-query';
import { Dossier } from './dossier';

export const DossierOrder = {
  RECEIVED_DESC: 'RECEIVED_DESC',
  RECEIVED_ASC: 'RECEIVED_ASC',
  DUE_ASC: 'DUE_ASC',
  DUE_DESC: 'DUE_DESC',
} as const satisfies { readonly [Order in DossierOrderName]: Order };

registerEnumType(DossierOrder, {
  name: 'DossierOrder',
  description:
    'Thứ tự hồ sơ; hồ sơ không có ngày đứng cuối ở cả hai chiều. Order of dossiers; those without the date are last both ways.',
  valuesConfig: {
    RECEIVED_DESC: { description: 'Mới tiếp nhận trước. Latest received first.' },
    RECEIVED_ASC: { description: 'Tiếp nhận lâu nhất trước. Earliest received first.' },
    DUE_ASC: { description: 'Đến hạn sớm nhất trước. Earliest due first.' },
    DUE_DESC: { description: 'Đến hạn muộn nhất trước. Latest due first.' },
  },
});

@ObjectType('DossierEdge', {
  simpleResolvers: true,
  description: 'Một hồ sơ và vị trí của nó. One dossier and its place.',
})
export class DossierEdge {
  @Field(() => String, {
    description: 'Con trỏ để hỏi tiếp sau hồ sơ này. The cursor that goes on after it.',
  })
  readonly cursor!: string;

  @Field(() => Dossier, { description: 'Hồ sơ. The dossier.' })
  readonly node!: Dossier;
}

@ObjectType('DossierConnection', {
  simpleResolvers: true,
  description: 'Một trang hồ sơ. One page of dossiers.',
})
export class DossierConnection {
  @Field(() => [DossierEdge], { description: 'Các hồ sơ của trang. The dossiers of the page.' })
  readonly edges!: readonly DossierEdge[];

  @Field(() => PageInfo, { description: 'Vị trí của trang. Where the page stands.' })
  readonly pageInfo!: PageInfo;

  @Field(() => Int, {
    nullable: true,
    description: 'Tổng số hồ sơ khớp điều kiện. How many dossiers fit in all.',
  })
  readonly totalCount!: number | null;
}
