import { mapTensors, type TensorMap } from '../../grader/numeric/index.ts';
import type { Raster } from '../../grader/picture/index.ts';
import type { CheckResult } from '../../grader/report/grade-report.ts';
import { checkResult } from '../gradescope/sample-report.ts';

/** Text that does something wherever it is taken for more than text. */
export const HOSTILE = [
  '<img src=x onerror="window.hit=1">',
  '</pre></details><script>window.hit=1</script>',
  '"><svg onload=window.hit=1>',
  "' onfocus='window.hit=1' autofocus tabindex=0 x='",
  '<style>*{display:none}</style><base href="https://example.org/">',
  '${window.hit=1} {{constructor.constructor("window.hit=1")()}} &lt;b&gt; &#x3c;b>',
].join(' ');

export function picture(red: number): Raster {
  const data = Uint8Array.from({ length: 4 * 300 * 120 }, (_, i) =>
    i % 4 === 0 ? red : i % 4 === 3 ? 255 : (i >> 4) % 256,
  );
  return { width: 300, height: 120, data };
}

/** Of tensors `[2, 5, 8]` that differ by more and more. */
export function sampleMap(): TensorMap {
  const expected = Float32Array.from({ length: 80 }, (_, i) => Math.sin(i));
  const received = expected.map((value, i) => value * (1 + i / 40));
  const shape = [2, 5, 8];
  const tensor = (data: Float32Array) => ({ dtype: 'float32' as const, shape, data });
  return mapTensors({ expected: tensor(expected), received: tensor(received), atol: 1e-3, rtol: 1e-3 })!;
}

const wrong = (change: Partial<CheckResult>): CheckResult =>
  checkResult({ outcome: 'failed', earned: 0, ...change });

/** Failures of every kind that a page shows, and one of each other outcome. */
export function sampleChecks(): CheckResult[] {
  const short = mapTensors({
    expected: { dtype: 'float32', shape: [1, 1, 1, 3], data: Float32Array.of(1, 2, -1.234e-19) },
    received: { dtype: 'float32', shape: [1, 1, 1, 3], data: Float32Array.of(1, Number.NaN, -1.256e-17) },
    atol: 0,
    rtol: 0,
  })!;
  const turned = mapTensors({
    expected: { dtype: 'float32', shape: [4, 6], data: new Float32Array(24).fill(1) },
    received: { dtype: 'float32', shape: [6, 4], data: new Float32Array(24).fill(1) },
    atol: 0,
    rtol: 0,
  })!;
  const lines = ['function f() {', HOSTILE, '}'];
  return [
    checkResult({ id: 'right' }),
    checkResult({ id: 'right-too', title: HOSTILE }),
    wrong({ id: 'map', message: ['values differ', 'Hint: look'], tensors: sampleMap() }),
    wrong({ id: 'few', message: ['values differ'], tensors: short }),
    wrong({ id: 'turned', message: ['wrong shape'], tensors: turned }),
    wrong({
      id: 'picture',
      message: ['the picture differs'],
      pictures: { expected: picture(200), received: picture(90), difference: picture(255) },
    }),
    wrong({
      id: 'hostile',
      title: HOSTILE,
      message: [HOSTILE, `Hint: ${HOSTILE}`],
      excerpt: { path: `${HOSTILE}.ts`, line: 2, first: 1, lines },
    }),
    wrong({
      id: 'hidden',
      half: 'private',
      message: ['The result on an input that you have not seen is wrong.'],
      staffOnly: { message: ['expected 12345.678'], tensors: sampleMap() },
    }),
    wrong({ id: 'hidden-few', half: 'private', staffOnly: { message: ['no'], tensors: short } }),
    checkResult({ id: 'skipped', outcome: 'skipped', earned: 0, message: ['Skipped.'] }),
    checkResult({ id: 'errored', outcome: 'errored', earned: 0, message: ['Please contact the staff.'] }),
    checkResult({ id: 'open', outcome: 'not-attempted', earned: 0, message: ['Not attempted yet.'] }),
  ];
}
