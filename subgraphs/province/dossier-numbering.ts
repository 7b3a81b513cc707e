import type { Random } from './random';

/** How an office writes the codes of its dossiers. */
export interface NumberingHabit {
  readonly code: string;
  readonly formerCode: string;
  /** Until this day inclusive it wrote the notation of QCVN 102:2016; null = it never did. */
  readonly formerNotationUntil: string | null;
  readonly counterDigits: number;
  /** The prefix of a register of its own, used for some dossiers: such a code tells nobody who issued it. */
  readonly ownRegister: string | null;
}

export interface DossierNumber {
  readonly code: string;
  readonly aliases: readonly string[];
}

const OWN_REGISTER_SHARE = 0.15;

/**
 * Counts per office and day, as the national form does (`H23.X04-240101-0001`), and per register and year. Days must
 * come in order: only the counts of the present day are kept, so memory does not grow with the number of dossiers.
 */
export class DossierNumbering {
  readonly #random: Random;
  readonly #counts = new Map<string, number>();
  readonly #registers = new Map<string, number>();
  #day = '';

  constructor(random: Random) {
    this.#random = random;
  }

  next(office: NumberingHabit, day: string): DossierNumber {
    if (day !== this.#day) this.#counts.clear();
    this.#day = day;
    const isFormer = office.formerNotationUntil !== null && day <= office.formerNotationUntil;
    const count = (this.#counts.get(office.code) ?? 0) + 1;
    this.#counts.set(office.code, count);
    const date = day.slice(2).replaceAll('-', '');
    const code = `${isFormer ? office.formerCode : office.code}-${date}-${String(count).padStart(office.counterDigits, '0')}`;
    if (office.ownRegister === null || !this.#random.chance(OWN_REGISTER_SHARE)) return { code, aliases: [] };
    return { code: this.#registered(office.ownRegister, day.slice(0, 4)), aliases: [code] };
  }

  #registered(register: string, year: string): string {
    const key = `${register}${year}`;
    const count = (this.#registers.get(key) ?? 0) + 1;
    this.#registers.set(key, count);
    return `${register}${year}/${String(count).padStart(6, '0')}`;
  }
}
