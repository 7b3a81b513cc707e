import type { DateFormat } from '../dossiers/dossier-mapping';

const LOCAL_OFFSET_MS = 7 * 3_600_000;

const ISO_LIKE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/;
const VIETNAMESE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** The instant, in milliseconds, that a service writes; null for what is no date. Text without a zone is of Asia/Ho_Chi_Minh. */
export function readInstant(value: unknown, format: DateFormat): number | null {
  if (typeof value === 'number') return ofNumber(value, format);
  if (typeof value !== 'string' || value.trim() === '') return null;
  const text = value.trim();
  switch (format) {
    case 'epoch-ms':
    case 'epoch-s':
      return /^-?\d+$/.test(text) ? ofNumber(Number(text), format) : null;
    case 'local-compact':
      return ofParts(COMPACT.exec(text)?.slice(1));
    case 'vietnamese': {
      const parts = VIETNAMESE.exec(text)?.slice(1);
      return ofParts(parts && [parts[2], parts[1], parts[0], ...parts.slice(3)]);
    }
    case 'local-text':
    case 'timestamp':
    case 'timestamptz':
    case 'date':
    case 'iso':
      return ofIso(text);
  }
}

function ofNumber(value: number, format: DateFormat): number | null {
  if (!Number.isFinite(value) || value === 0) return null;
  if (format === 'epoch-ms') return value;
  if (format === 'epoch-s') return value * 1_000;
  return format === 'local-compact' ? readInstant(String(value), format) : null;
}

function ofIso(text: string): number | null {
  const found = ISO_LIKE.exec(text);
  if (found === null) return null;
  const zone = found[8];
  const local = ofParts(found.slice(1, 8));
  if (local === null || zone === undefined) return local;
  return local + LOCAL_OFFSET_MS - offsetOf(zone);
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Year, month, day, hour, minute, second, fraction, by the local clock. */
function ofParts(parts: readonly (string | undefined)[] | undefined): number | null {
  if (parts === undefined) return null;
  const [year, month, day, hour = '0', minute = '0', second = '0', fraction = '0'] = parts;
  const ms = Math.floor(Number(`0.${fraction}`) * 1_000);
  const utc = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    ms,
  );
  return Number.isNaN(utc) || new Date(utc).getUTCDate() !== Number(day) ? null : utc - LOCAL_OFFSET_MS;
}

/** An instant as a service is asked by it. A format of days rounds down: more is asked for, never less. */
export function writeInstant(instantMs: number, format: DateFormat): string {
  const local = new Date(instantMs + LOCAL_OFFSET_MS).toISOString();
  switch (format) {
    case 'epoch-ms':
      return String(instantMs);
    case 'epoch-s':
      return String(Math.floor(instantMs / 1_000));
    case 'iso':
    case 'timestamptz':
      return `${new Date(Math.floor(instantMs / 1_000) * 1_000).toISOString().slice(0, 19)}Z`;
    case 'local-compact':
      return local.slice(0, 19).replaceAll(/\D/g, '');
    case 'date':
      return local.slice(0, 10);
    case 'vietnamese':
      return `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)} ${local.slice(11, 19)}`;
    case 'local-text':
    case 'timestamp':
      return local.slice(0, 19).replace('T', ' ');
  }
}
