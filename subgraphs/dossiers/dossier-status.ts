import { registerEnumType } from 'type-graphql';

/** In the order of the national numbers, 0 to 10. */
const NAMES = [
  'IN_TRANSFER',
  'NEWLY_REGISTERED',
  'RECEIVED',
  'NOT_ACCEPTED',
  'IN_PROGRESS',
  'SUPPLEMENT_REQUESTED',
  'FINANCIAL_OBLIGATION',
  'WITHDRAWN',
  'STOPPED',
  'COMPLETED',
  'RESULT_RETURNED',
] as const;

export type DossierStatus = (typeof NAMES)[number];

export const DossierStatus = {
  IN_TRANSFER: 'IN_TRANSFER',
  NEWLY_REGISTERED: 'NEWLY_REGISTERED',
  RECEIVED: 'RECEIVED',
  NOT_ACCEPTED: 'NOT_ACCEPTED',
  IN_PROGRESS: 'IN_PROGRESS',
  SUPPLEMENT_REQUESTED: 'SUPPLEMENT_REQUESTED',
  FINANCIAL_OBLIGATION: 'FINANCIAL_OBLIGATION',
  WITHDRAWN: 'WITHDRAWN',
  STOPPED: 'STOPPED',
  COMPLETED: 'COMPLETED',
  RESULT_RETURNED: 'RESULT_RETURNED',
} as const satisfies { readonly [Status in DossierStatus]: Status };

export function toDossierStatus(nationalNumber: number | null): DossierStatus | null {
  return nationalNumber === null ? null : (NAMES[nationalNumber] ?? null);
}

export function toNationalNumber(status: DossierStatus): number {
  return NAMES.indexOf(status);
}

registerEnumType(DossierStatus, {
  name: 'DossierStatus',
  description: 'Trạng thái hồ sơ theo Cổng Dịch vụ công quốc gia. Status of a dossier by the national list.',
  valuesConfig: {
    IN_TRANSFER: { description: '0: đang chuyển, liên thông. In interagency transfer.' },
    NEWLY_REGISTERED: { description: '1: mới đăng ký. Newly registered, nobody has taken it in.' },
    RECEIVED: { description: '2: được tiếp nhận. Received.' },
    NOT_ACCEPTED: { description: '3: không được tiếp nhận. Not accepted.' },
    IN_PROGRESS: { description: '4: đang xử lý. In progress.' },
    SUPPLEMENT_REQUESTED: { description: '5: yêu cầu bổ sung giấy tờ. A supplement was requested.' },
    FINANCIAL_OBLIGATION: { description: '6: yêu cầu thực hiện nghĩa vụ tài chính. Waits for a payment.' },
    WITHDRAWN: { description: '7: công dân yêu cầu rút hồ sơ. Withdrawn by the applicant.' },
    STOPPED: { description: '8: dừng xử lý. Stopped.' },
    COMPLETED: { description: '9: đã xử lý xong. Completed.' },
    RESULT_RETURNED: { description: '10: đã trả kết quả. The result was returned.' },
  },
});
