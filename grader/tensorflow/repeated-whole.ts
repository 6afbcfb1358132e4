/**
 * Whether broadcasting a tensor from a shape to another repeats its elements as a whole, in the order they lie in:
 * `[3]` to `[2, 3]`, but not `[2, 1]`.
 */
export function isRepeatedWhole(from: readonly number[], to: readonly number[]): boolean {
  const first = from.findIndex((side) => side !== 1);
  const own = first < 0 ? [] : from.slice(first);
  return own.length <= to.length && String(own) === String(to.slice(to.length - own.length));
}
