import { foldForSearch } from '../../../../schema/vietnamese-text';
import type { SampledValue } from '../read/inspected-table';

/** A value as it is compared with our words: `ĐANG_XL` is `dang xl`. */
export function foldWord(value: SampledValue): string {
  return foldForSearch(String(value ?? ''));
}
