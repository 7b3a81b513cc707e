import type { HandPlan } from './hand-plan';

export const small: HandPlan = (ask, variables) =>
  ask('agencies', 'query($id:ID!){agency(id:$id){id name phone}}', variables);
