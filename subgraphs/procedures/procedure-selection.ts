import type { AgencyDirectory } from '../../schema/agency-directory';
import { BadInputError } from '../../schema/runtime/coded-error';
import { searchWords } from '../../schema/vietnamese-text';
import type { ProcedureSelection } from '../sources/catalogue/catalogue-query';
import type { ProcedureFilter } from './procedure-filter';

const MAX_TEXT_LENGTH = 200;

export class SearchTextTooLongError extends BadInputError {
  constructor(readonly length: number) {
    super(`"text" must have at most ${MAX_TEXT_LENGTH} characters, got ${length}`);
  }
}

/** The filter as the store understands it. Throws UnknownAgencyError and SearchTextTooLongError. */
export function toSelection(
  filter: ProcedureFilter | null | undefined,
  asOf: string,
  directory: AgencyDirectory,
): ProcedureSelection {
  return {
    asOf,
    agencies: readAgencies(filter, directory),
    words: readWords(filter?.text),
    fields: filter?.fields ?? undefined,
    levels: filter?.levels ?? undefined,
    channels: filter?.channels ?? undefined,
    issues: filter?.issues ?? undefined,
  };
}

function readAgencies(
  filter: ProcedureFilter | null | undefined,
  directory: AgencyDirectory,
): readonly string[] | undefined {
  if (filter?.agencies === null || filter?.agencies === undefined) return undefined;
  return directory.expand(filter.agencies, {
    includeChildren: filter.includeChildren ?? false,
    includePredecessors: filter.includePredecessors ?? false,
  });
}

function readWords(text: string | null | undefined): readonly string[] | undefined {
  if (text === null || text === undefined) return undefined;
  if (text.length > MAX_TEXT_LENGTH) throw new SearchTextTooLongError(text.length);
  return searchWords(text);
}
