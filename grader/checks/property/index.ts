import { z } from 'zod';
import { checkBase } from '../check-base.ts';
import { selector } from '../../format/selector.ts';
import type { Evidence } from '../evidence.ts';
import type { CheckKind } from '../kind.ts';
import type { FailureKind, Verdict } from '../verdict.ts';
import type { PropertyFinding } from './finding.ts';
import { notFinite } from './finite.ts';
import { itemsOf, MAX_ITEMS, otherOfItem } from './items.ts';
import { resolveOperand, resolveSubject } from './operand.ts';
import { kindOf, property, type Property } from './properties.ts';
import type { Subject } from './subject.ts';

const schema = z.strictObject({
  kind: z.literal('property'),
  ...checkBase,
  case: z.string(),
  /** The values in question: a tensor, a number or a list of numbers that a call returned. */
  value: selector,
  /** What the student reads for them: `the saliency map`. */
  name: z.string().default('the result'),
  /** Judge each item along the first axis on its own: each map of a batch. */
  each: z.boolean().optional(),
  /** All of them must hold. */
  holds: z.array(property).min(1),
});
type PropertyCheck = z.output<typeof schema>;

const fails = (
  kind: FailureKind,
  summary: string,
  details: readonly string[] = [summary],
): Extract<Verdict, { outcome: 'failed' }> => ({ outcome: 'failed', kind, summary, details });

function judgeOne(of: Property, subject: Subject, other: Subject | undefined): PropertyFinding {
  if (subject.tensor.data.length === 0) {
    const summary = `${subject.name} is empty`;
    return { holds: false, kind: 'form', summary, detail: summary };
  }
  const broken = notFinite(subject) ?? (other && notFinite(other));
  return broken ?? kindOf(of).judge(of, subject, other);
}

/** The findings of one property, one for each item that is judged, or the verdict that ends the check. */
function findingsOf(
  of: Property,
  check: PropertyCheck,
  subject: Subject,
  evidence: Evidence,
): PropertyFinding[] | Verdict {
  const operand = kindOf(of).operand?.(of);
  const resolved = operand && resolveOperand(evidence, check.case, operand);
  if (resolved && !resolved.ok) return resolved.verdict;
  const other = resolved?.subject;
  if (!check.each) return [judgeOne(of, subject, other)];
  if (subject.tensor.shape.length === 0)
    return fails('form', `${subject.name} should be a batch; it is one number`);
  if (subject.tensor.data.length === 0) return fails('form', `${subject.name} is empty`);
  if (subject.tensor.shape[0] > MAX_ITEMS)
    return fails('form', `${subject.name} has more than ${MAX_ITEMS} items`);
  const items = itemsOf(subject);
  return items.map((item, i) => judgeOne(of, item, other && otherOfItem(other, item, i, items.length)));
}

/** Properties that hold for every right solution, where the exact values may differ. */
export const propertyKind: CheckKind<typeof schema> = {
  schema,
  judge(check, evidence) {
    const selected = resolveSubject(evidence, check, check.name);
    if (!selected.ok) return selected.verdict;
    const findings: PropertyFinding[] = [];
    for (const statement of check.holds) {
      const found = findingsOf(statement, check, selected.subject, evidence);
      if ('outcome' in found) return found;
      findings.push(...found);
    }
    const uses = findings.flatMap(({ used }) => (used === undefined ? [] : [used]));
    const measure = uses.length > 0 ? { measure: { used: Math.max(...uses) } } : {};
    const broken = findings.filter((finding) => !finding.holds);
    if (broken.length === 0) return { outcome: 'passed', ...measure };
    return {
      ...fails(
        broken[0].kind ?? 'values',
        broken[0].summary,
        broken.map(({ detail }) => detail),
      ),
      ...measure,
    };
  },
  expected: (check) =>
    check.holds.flatMap((of) => {
      const operand = kindOf(of).operand?.(of);
      return operand && 'expected' in operand ? [{ case: check.case, value: operand.expected }] : [];
    }),
  values: (check) => [
    check,
    ...check.holds.flatMap((of) => {
      const operand = kindOf(of).operand?.(of);
      return operand && 'result' in operand ? [{ case: check.case, value: operand.result }] : [];
    }),
  ],
  cases: (check) => [check.case],
};
