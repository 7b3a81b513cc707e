import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AgenciesContext } from './agencies-context';
import { Agency } from './agency';
import { Succession } from './succession';

@Resolver(() => Succession)
export class SuccessionResolver {
  @FieldResolver(() => Agency, {
    nullable: true,
    description:
      'Cơ quan bên kia; null khi không có trong dữ liệu. The other body; null when it is no agency here.',
  })
  agency(
    @Root() { agencyCode }: Succession,
    @Ctx() { loaders }: AgenciesContext,
  ): Promise<Agency | null> | null {
    return agencyCode === null ? null : loaders.agency.load(agencyCode);
  }
}
