import { ArgsType, Field } from 'type-graphql';
import type { DossierClock } from '../sources/dossiers/dossier-query';
import { PerformanceFilter } from './performance-filter';
import { Clock } from './timeliness';

/** Figures over all dossiers, or those of one agency or procedure. */
@ArgsType()
export class PerformanceArgs {
  @Field(() => PerformanceFilter, {
    nullable: true,
    description: 'Phạm vi và kỳ. Which dossiers and period.',
  })
  readonly filter?: PerformanceFilter | null;

  @Field(() => Clock, { defaultValue: Clock.LOCAL, description: 'Cách tính. Which clock.' })
  readonly clock!: DossierClock;
}
