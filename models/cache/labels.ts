/**
 * Class names from a file that a person supplies, in the order of the scores: one name a line, a JSON list of
 * names, or a JSON object from index to name or to a list that ends in the name.
 *
 * @throws Error when it is none of these.
 */
export function parseLabels(text: string): string[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (!/^[[{]/.test(trimmed)) return trimmed.split(/\r?\n/).map((line) => line.trim());
  let parsed: unknown;
  try {
    parsed = JSON.parse(trimmed);
  } catch (cause) {
    throw new Error('the labels file looks like JSON but is not valid', { cause });
  }
  const entries = Object.entries(parsed as object);
  const names = entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => nameOf(value));
  if (entries.some(([key], index) => key !== String(index)) || !names.every((name) => name !== undefined)) {
    throw new Error('the labels file must be a list of names, or an object with the keys 0, 1, 2, ...');
  }
  return names;
}

function nameOf(value: unknown): string | undefined {
  const name: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof name === 'string' ? name : undefined;
}
