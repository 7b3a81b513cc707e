/** A row of a temporal table: valid from its first day to its last, both included; null is open on that side. */
export interface Validity {
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

export function isValidAt({ validFrom, validTo }: Validity, day: string): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);
}
