/**
 * The codes by which a subgraph says that the request is wrong, not the system: the gateway tells such an error once and blames no
 * system for it. Codes are API: documented in the README, never reused.
 */
export const CLIENT_ERROR_CODES = [
  'BAD_USER_INPUT',
  'INVALID_CURSOR',
  'INVALID_DAY_RANGE',
  'INVALID_PAGE_SIZE',
  'UNKNOWN_AGENCY',
] as const;

export type ClientErrorCode = (typeof CLIENT_ERROR_CODES)[number];
