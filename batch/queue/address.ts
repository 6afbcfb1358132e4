/** Where the address may stand instead of on the command line, which every user of a machine can read. */
export const QUEUE_VARIABLE = 'INTROSPECTION_QUEUE';

/** An address for messages: without user, password and options, even where it is none. */
export function shownAddress(address: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*:\/\/)?([^]*)$/i.exec(address) ?? [];
  const host = rest.slice(rest.lastIndexOf('@') + 1).replace(/\?[^]*$/, '');
  return `${scheme}${rest.includes('@') ? '…@' : ''}${host}`;
}
