/** Round numbers (1, 2 or 5 times a power of ten apart) between two values, about `count` of them. */
export function tickValues(min: number, max: number, count: number): number[] {
  const rough = (max - min) / count;
  if (!(rough > 0) || !Number.isFinite(rough)) return [min];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.7)!;
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten between two positive values; within two decades also their doubles and fivefolds. */
export function logTickValues(min: number, max: number): number[] {
  const factors = max / min < 100 ? [1, 2, 5] : [1];
  const first = Math.floor(Math.log10(min));
  const decades = Math.ceil(Math.log10(max)) - first + 1;
  return Array.from({ length: decades }, (_, i) => 10 ** (first + i))
    .flatMap((power) => factors.map((factor) => Number((factor * power).toPrecision(12))))
    .filter((tick) => tick >= min * 0.999 && tick <= max * 1.001);
}
