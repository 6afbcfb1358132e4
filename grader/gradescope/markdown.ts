/** Text as Markdown that shows it letter by letter, on one line: nothing in it is markup, not even a bare address. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replaceAll(/\s+/g, ' ')
      .trim()
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(/[\\`*_[\]|~$]/g, '\\$&')
      // At the beginning of a line only: headings, lists.
      .replace(/^[#+=-]/, '\\$&')
      .replace(/^(\d+)([.)])/, '$1\\$2')
      .replaceAll(/(https?|ftp):/gi, '$1&#58;')
      .replaceAll(/www\./gi, '$&&#8203;')
      .replaceAll('@', '&#64;')
  );
}

/** What {@link escapeMarkdown} made Markdown of, but for its white space. */
export function unescapeMarkdown(markdown: string): string {
  return markdown
    .replaceAll('&#64;', '@')
    .replaceAll('&#8203;', '')
    .replaceAll('&#58;', ':')
    .replaceAll(/\\([\\`*_[\]|~$#+=.)-])/g, '$1')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}
