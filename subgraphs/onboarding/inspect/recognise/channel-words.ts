/** Words of channels, folded. Numbers are only known within a layout. */
export const CHANNEL_WORDS: Readonly<Record<'DIRECT' | 'ONLINE' | 'POSTAL', readonly string[]>> = {
  DIRECT: ['truc tiep', 'nop truc tiep', 'tai quay', 'direct', 'counter', 'mot cua'],
  ONLINE: ['truc tuyen', 'nop truc tuyen', 'qua mang', 'online', 'internet', 'dich vu cong'],
  POSTAL: ['buu chinh cong ich', 'buu chinh', 'buu dien', 'qua buu dien', 'bcci', 'postal', 'post'],
};
