import type { Policy } from '../../assignment/policy.ts';

/** What is known of a part's code apart from its checks. */
export interface CodeOfPart {
  readonly title: string;
  /** Leftover prints: places in the source, and one if anything was printed. */
  readonly prints: number;
  readonly compiles: boolean;
}

/** Points that a rule takes off a part, never more than it earned, each with a sentence for the student. */
export interface Deduction {
  readonly points: number;
  readonly why: string;
}

type CodePolicy = Pick<Policy, 'leftoverPrints' | 'leftoverPrintPenalty' | 'compileErrors'>;

/** What the course's rules on code take off the points of one part. */
export function deductionsOf(code: CodeOfPart, earned: number, policy: CodePolicy): Deduction[] {
  if (earned <= 0) return [];
  if (policy.compileErrors === 'zero-part' && !code.compiles) {
    const why = `${code.title}: the code does not compile, so the whole part earns no points (−${earned}).`;
    return [{ points: earned, why }];
  }
  if (policy.leftoverPrints === 'penalty' && code.prints > 0 && policy.leftoverPrintPenalty > 0) {
    const points = Math.min(earned, policy.leftoverPrintPenalty);
    return [{ points, why: `${code.title}: −${points} for print statements left in the code.` }];
  }
  return [];
}

/** Why the whole submission earns nothing, if a rule says so. */
export function rejectionOf(
  parts: readonly Pick<CodeOfPart, 'title' | 'prints' | 'compiles'>[],
  policy: CodePolicy,
): string | undefined {
  const broken = parts.filter((part) => !part.compiles).map((part) => part.title);
  if (policy.compileErrors === 'reject' && broken.length > 0) {
    return `Rejected with 0 points: ${broken.join(', ')} ${broken.length === 1 ? 'does' : 'do'} not compile. Correct that and submit again.`;
  }
  if (policy.leftoverPrints === 'reject' && parts.some((part) => part.prints > 0)) {
    return 'Rejected with 0 points: print statements were left in the code. Remove them and submit again.';
  }
  return undefined;
}
