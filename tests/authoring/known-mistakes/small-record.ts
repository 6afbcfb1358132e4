import type { WrongSolution } from '../../../authoring/known-mistakes/compile.ts';
import type { RecordedPart } from '../../../authoring/known-mistakes/held-out.ts';
import { REFERENCE_RUN, type RecordedRun } from '../../../authoring/known-mistakes/record.ts';
import { check as schema } from '../../../grader/checks/index.ts';

/** Two checks that anybody may see and one that nobody may, each of a case of its own name. */
const CHECKS = [
  { id: 'open', visibility: 'public' },
  { id: 'shown', visibility: 'public' },
  { id: 'hidden', visibility: 'private' },
] as const;

const rated = CHECKS.map(({ id, visibility }) => ({
  visibility,
  check: schema.parse({
    kind: 'tensor-close',
    id,
    title: id,
    points: 1,
    case: id,
    value: { call: 'map' },
    atol: 1e-6,
    rtol: 1e-4,
  }),
}));

export type Returned = Partial<Record<(typeof CHECKS)[number]['id'], string>>;

const placed = (returned: Returned): Record<string, string> =>
  Object.fromEntries(Object.entries(returned).map(([id, line]) => [`${id}/map`, line]));

export function runOf(returned: Returned, relation = ''): RecordedRun {
  const fails = Object.fromEntries(Object.keys(returned).map((id) => [id, relation]));
  return { key: '', fails, saysItself: [], returns: placed(returned) };
}

export const RIGHT = {
  open: 'float32 [3] 1 2 4',
  shown: 'float32 [3] 5 6 9',
  hidden: 'float32 [3] 3 9 27',
} as const;

/** A part in which a right solution returns {@link RIGHT}. */
export const part: RecordedPart = {
  rated,
  cases: CHECKS.map(({ id }) => ({
    id,
    calls: [{ id: 'map', module: 'maps.ts', export: id, args: [] }],
    derived: [],
  })),
  recorded: {
    on: '',
    runs: { [REFERENCE_RUN]: { key: '', fails: {}, saysItself: [], returns: placed(RIGHT) } },
  },
};

export const wrong = (mistake: string, cause: string, returned: Returned, relation = ''): WrongSolution => ({
  name: `should-fail/maps/${mistake}`,
  mistake,
  cause,
  run: runOf(returned, relation),
});
