import { registerEnumType } from 'type-graphql';
import type { ProcedureOrder as Order } from '../sources/catalogue/catalogue-query';

export const ProcedureOrder = {
  MATCH_ASC: 'MATCH_ASC',
  NAME_ASC: 'NAME_ASC',
  NAME_DESC: 'NAME_DESC',
  CODE_ASC: 'CODE_ASC',
  CODE_DESC: 'CODE_DESC',
} as const satisfies Readonly<Record<Order, Order>>;

/** From the arguments alone, so every system a request is divided over decides the same. */
export function defaultProcedureOrder(text: string | null | undefined): Order {
  return text === null || text === undefined ? 'NAME_ASC' : 'MATCH_ASC';
}

registerEnumType(ProcedureOrder, {
  name: 'ProcedureOrder',
  description:
    'Thứ tự; khi bằng nhau thì theo mã cơ quan rồi mã thủ tục, tăng dần. The order; ties go by agency code, then procedure code, ascending.',
  valuesConfig: {
    MATCH_ASC: {
      description:
        'Gần với `filter.text` nhất trước: các từ đứng liền nhau và đúng thứ tự, rồi tên có ít từ khác hơn, rồi theo tên; không có `filter.text` thì theo tên. Nearest to `filter.text` first: its words side by side and in order, then the names with fewer other words, then by name; by name without `filter.text`.',
    },
    NAME_ASC: { description: 'Theo tên, thứ tự tiếng Việt. By name, in Vietnamese order.' },
    NAME_DESC: { description: 'Theo tên, ngược lại. By name, backwards.' },
    CODE_ASC: { description: 'Theo mã. By code.' },
    CODE_DESC: { description: 'Theo mã, ngược lại. By code, backwards.' },
  },
});
