/** `1 submission`, `2 submissions`; of other words than with an s the plural has to be said. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
