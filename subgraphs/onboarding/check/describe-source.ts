import type { SystemMapping } from '../../sources/mapping/system-mapping';

/** Where a system is, in one line without any secret. */
export function describeSource(mapping: SystemMapping): string {
  switch (mapping.kind) {
    case 'sql': {
      const { connection } = mapping;
      if (connection.dialect === 'sqlite') return `sqlite: ${connection.file}`;
      const port = connection.port === undefined ? '' : `:${connection.port}`;
      return `${connection.dialect}: ${connection.host}${port}/${connection.database}`;
    }
    case 'rest':
      return withoutSecrets(mapping.connection.baseUrl);
    case 'soap':
      return withoutSecrets(mapping.connection.wsdl);
    case 'sheet':
      return mapping.connection.folder;
  }
}

/** Someone may have put a password or a token into the address itself. */
function withoutSecrets(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
