import { encodeSafetensors } from '../../grader/format/safetensors.ts';

/* What the inputs of the parsers grow from. */

export const CODE = `import * as tf from '@tensorflow/tfjs';
/** A doc comment. */
export function loss<T extends tf.Tensor>(weight: number, { current }: { current: T }): tf.Scalar {
  const text = \`\${weight} of /x/\`;
  return tf.tidy(() => current.square().sum().mul<tf.Scalar>(weight + text.length));
}
`;
export const QUIZ = `### S1. The gradient is

1. [ ] a first derivative.
1. [x] an integral.
  > A remark.

### S2. It depends

- [x] on the image.
- [ ] on the *weather*.
`;
export const TENSORS = encodeSafetensors({
  a: { dtype: 'float32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
  b: { dtype: 'bool', shape: [1], data: Uint8Array.of(1) },
});
export const RETURNED = {
  type: 'returned',
  id: 1,
  value: { list: [{ tensor: 'a' }, { record: { loss: { number: 1 }, what: { text: 'x' } } }] },
  observed: { kernels: 3, reads: 0, leftover: 0 },
};
export const THREW = {
  type: 'threw',
  id: 2,
  error: { reason: 'threw', name: 'Error', message: 'm', stack: 's' },
};
export const METADATA = {
  id: 1,
  created_at: '2026-03-02T12:00:00Z',
  users: [{ assignment: { due_date: '2026-03-03T12:00:00Z' } }],
  assignment: { title: 'A', due_date: '2026-03-03T12:00:00Z', total_points: '20.0' },
  previous_submissions: [
    {
      submission_time: '2026-03-01T12:00:00Z',
      score: 4,
      results: { score: 4, output: 'x', tests: [{ name: 't', score: 4, max_score: 4 }] },
    },
  ],
};
export const PACKED = {
  name: 'ana',
  files: [
    ['solve/a.ts', { bytes: 'eA==' }],
    ['link', { link: '/etc/passwd' }],
  ],
};
const MAP = Buffer.from(
  JSON.stringify({ version: 3, sources: ['../solve/a.ts'], names: [], mappings: 'AAAA;AACA' }),
).toString('base64');
export const BUNDLE = `const a = 1;\nthrow a;\n//# sourceMappingURL=data:application/json;base64,${MAP}\n`;
export const STACK = 'Error: no\n    at f (file:///tmp/child/part.mjs:1:1)\n    at part.mjs:2:7\n';
export const REPORT =
  '# Report\n\n## Part A\n\n> **1a.** Why?\n\nBecause *it* is. ![a](a.png) [l](https://x.y)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n';
export const ESBUILD =
  '✘ [ERROR] Unexpected ";"\n\n    solve/a.ts:1:20:\n      1 │ const a = (;\n        ╵            ^\n\n1 error\n';
export const TSC = "solve/a.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.\n";
export const STAT = `7 (name) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 99 1000 20 ${'0 '.repeat(20)}`;
export const JSON_WORDS = [
  '{"a":',
  '[',
  ']',
  '{',
  '}',
  '"',
  ':',
  ',',
  'null',
  '1e999',
  '\\u0000',
  '-',
  '"__proto__":{',
];
export const JSON_BRACKETS = [
  ['[', ']'],
  ['{"a":', '}'],
] as const;
