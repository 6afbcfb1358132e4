/** The program, with its arguments, that opens an address in the browser that a person prefers; no shell reads it. */
export function browserCommand(url: string, platform: NodeJS.Platform): [string, ...string[]] {
  switch (platform) {
    case 'win32':
      // `start` is a word of cmd.exe, which would take an ampersand in the address for one of its own.
      return ['rundll32', 'url.dll,FileProtocolHandler', url];
    case 'darwin':
      return ['open', url];
    default:
      return ['xdg-open', url];
  }
}
