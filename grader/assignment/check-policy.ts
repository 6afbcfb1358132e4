import { GraderError } from '../format/errors.ts';
import type { Assignment } from './loaded.ts';

/** A rule that names nothing would silently never apply. */
function refuse(rule: string, what: string, name: string, known: Iterable<string>): never {
  const names = [...known].join(', ') || 'none';
  throw new GraderError(`policy: ${rule} names the ${what} ${name}, which is not there; there are: ${names}`);
}

function requireKnown(rule: string, what: string, name: string, known: ReadonlySet<string>): void {
  if (!known.has(name)) refuse(rule, what, name, known);
}

/**
 * Whether all that the policy of a whole assignment, both halves, names is there.
 * @throws GraderError with the names that are
 */
export function checkPolicy({ policy, parts }: Assignment): void {
  const ids = new Set(parts.map((part) => part.id));
  const groups = new Set(parts.map((part) => part.group));
  for (const [index, rule] of (policy.visibility ?? []).entries()) {
    if (rule.part !== undefined) requireKnown(`visibility rule ${index + 1}`, 'part', rule.part, ids);
    if (rule.group !== undefined) requireKnown(`visibility rule ${index + 1}`, 'group', rule.group, groups);
  }
  for (const entry of policy.leaderboard ?? []) {
    const rule = `leaderboard entry ${entry.name}`;
    requireKnown(rule, 'part', entry.part, ids);
    const part = parts.find(({ id }) => id === entry.part)!;
    requireKnown(rule, 'case', entry.case, new Set(part.cases.keys()));
    const { plan } = part.cases.get(entry.case)!;
    const call = 'value' in entry ? entry.value.call : entry.seconds;
    requireKnown(rule, 'call', call, new Set([...plan.calls, ...plan.derived].map(({ id }) => id)));
    const checks = new Set(part.checks.map(({ check }) => check.id));
    for (const id of entry.requires) requireKnown(rule, 'check', id, checks);
  }
}
