const MAX_LENGTH = 200;

/** What a service says of an error, fit to be shown: cut, in one line, without numbers that may be a person's or tokens. */
export function saidByService(text: unknown): string {
  if (typeof text !== 'string' && typeof text !== 'number' && typeof text !== 'boolean') return '';
  const line = String(text)
    .replaceAll(/[\u0000-\u001f\u007f]+/g, ' ')
    .replaceAll(/[^\s@<>()]+@[^\s@<>()]+/g, '…')
    .replaceAll(/\d{9,}/g, '…')
    .replaceAll(/[\w+/=-]+(?:\.[\w+/=-]+)*/g, (word) => (word.length >= 32 ? '…' : word))
    .trim();
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line;
}
