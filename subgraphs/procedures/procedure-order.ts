import { registerEnumType } from 'type-graphql';
import type { ProcedureOrder as Order } from '../sources/catalogue-query';

export const ProcedureOrder = {
  NAME_ASC: 'NAME_ASC',
  NAME_DESC: 'NAME_DESC',
  CODE_ASC: 'CODE_ASC',
  CODE_DESC: 'CODE_DESC',
} as const satisfies Readonly<Record<Order, Order>>;

export const DEFAULT_PROCEDURE_ORDER: Order = 'NAME_ASC';

registerEnumType(ProcedureOrder, {
  name: 'ProcedureOrder',
  description:
    'Thứ tự; khi bằng nhau thì theo mã cơ quan rồi mã thủ tục, tăng dần. The order; ties go by agency code, then procedure code, ascending.',
  valuesConfig: {
    NAME_ASC: { description: 'Theo tên, thứ tự tiếng Việt. By name, in Vietnamese order.' },
    NAME_DESC: { description: 'Theo tên, ngược lại. By name, backwards.' },
    CODE_ASC: { description: 'Theo mã. By code.' },
    CODE_DESC: { description: 'Theo mã, ngược lại. By code, backwards.' },
  },
});
