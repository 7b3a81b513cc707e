import { ArgsType, Field, Int } from 'type-graphql';
import { DEFAULT_PAGE_SIZE } from '../../schema/page-size';
import type { DossierOrderName } from '../sources/dossiers/dossier-query';
import { DossierOrder } from './dossier-connection';
import { DossierFilter } from './dossier-filter';

/** A page of dossiers, of all agencies or of one. */
@ArgsType()
export class DossiersArgs {
  @Field(() => DossierFilter, { nullable: true, description: 'Điều kiện lọc. Which ones.' })
  readonly filter?: DossierFilter | null;

  @Field(() => DossierOrder, {
    nullable: true,
    description: 'Thứ tự; mặc định RECEIVED_DESC. The order; RECEIVED_DESC by default.',
  })
  readonly orderBy?: DossierOrderName | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_PAGE_SIZE,
    description: 'Số hồ sơ của trang, 1 đến 200. Dossiers on the page, 1 to 200.',
  })
  readonly first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Con trỏ của trang trước. A cursor of the page before.',
  })
  readonly after?: string | null;
}
