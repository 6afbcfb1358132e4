import type { Assignment } from '../../grader/assignment/loaded.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { selectParts } from '../../grader/pipeline/select-parts.ts';
import type { CheckResult } from '../../grader/report/grade-report.ts';

/** What somebody wants to know of a submission. */
export interface Asked {
  /** The parts to grade; undefined for all. */
  readonly parts: readonly string[] | undefined;
  /** Whether a check is to be explained: one that was named, or else one that did not pass. */
  readonly isWanted: (result: CheckResult) => boolean;
  /** Checks were named. */
  readonly isByName: boolean;
}

/**
 * Reads `--part` and `--check`.
 * @throws UsageError with the checks that there are, when one was named that is not there
 */
export function readAsked(
  { part, check }: { readonly part?: readonly string[]; readonly check?: readonly string[] },
  assignment: Assignment,
): Asked {
  const named = check?.map((name): Named => {
    const [first, id] = name.split('/');
    return id === undefined ? { id: first } : { part: selectParts(assignment, [first]).parts[0].id, id };
  });
  const parts = part ?? named?.flatMap((one) => one.part ?? []);
  for (const one of named ?? [])
    refuseUnknown(one, {
      selected: selectParts(assignment, parts),
      whole: assignment,
      isByPart: part !== undefined,
    });
  return {
    parts,
    isWanted: named
      ? (result) =>
          named.some((one) => one.id === result.id && (one.part === undefined || one.part === result.part))
      : ({ outcome }) => outcome !== 'passed',
    isByName: named !== undefined,
  };
}

/** A check by its name; one without its part is looked for in the parts of `--part`. */
interface Named {
  readonly part?: string;
  readonly id: string;
}

const checksIn = ({ parts }: Assignment, part: string | undefined): string[] =>
  parts
    .filter((one) => part === undefined || one.id === part)
    .flatMap(({ checks }) => checks.map(({ check }) => check.id));

/** @param options.isByPart parts were selected by `--part`, and not by the names of checks */
function refuseUnknown(
  { part, id }: Named,
  {
    selected,
    whole,
    isByPart,
  }: { readonly selected: Assignment; readonly whole: Assignment; readonly isByPart: boolean },
): void {
  if (checksIn(selected, part).includes(id)) return;
  const known = checksIn(whole, part);
  if (isByPart && known.includes(id)) {
    const name = part === undefined ? id : `${part}/${id}`;
    throw new UsageError(
      `${name} is no check of --part ${selected.parts.map((one) => one.id).join(' ')}: name its part as well, or leave --part out`,
    );
  }
  throw new UsageError(
    part === undefined
      ? `there is no check ${id}; name it as part/check`
      : `there is no check ${part}/${id}; ${part} has ${known.join(', ')}`,
  );
}
