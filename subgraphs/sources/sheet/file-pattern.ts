/** Names with `*` and `?`, whatever their case and Unicode form: a Mac writes "Hồ sơ.xlsx" in other bytes than Windows. */
export function namePattern(pattern: string): (name: string) => boolean {
  const source = plain(pattern)
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'su');
  return (name) => expression.test(plain(name));
}

function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().trim();
}

/** Files that a program writes beside the real one while it works: locks of Excel and LibreOffice, halves of a download or copy. */
const PASSING = /^(?:~\$|\.|~.*\.tmp$)|\.(?:tmp|temp|part|partial|crdownload|download|filepart|swp|bak)$|~$/i;

export function isPassingFile(name: string): boolean {
  return PASSING.test(name);
}
