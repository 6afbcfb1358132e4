import { z } from 'zod';
// Not by way of the index: that loads the parser, which no verdict needs.
import { sourceRules } from '../../source/finding.ts';
import { checkBase } from '../check-base.ts';
import type { CheckKind } from '../kind.ts';

const schema = z.strictObject({
  kind: z.literal('source-rule'),
  ...checkBase,
  rules: z.array(z.enum(sourceRules)).min(1),
});

/** Rules on the syntax tree of the part's files: a hint to tidy up, never a defence. */
export const sourceRule: CheckKind<typeof schema> = {
  schema,
  judge(check, evidence) {
    const asked = new Set<string>([...check.rules, 'syntax']);
    const findings = evidence.sources.flatMap((file) => file.findings.filter(({ rule }) => asked.has(rule)));
    if (findings.length === 0) return { outcome: 'passed' };
    const details = findings.map(({ path, line, message }) => `${path}:${line}: ${message}`);
    return { outcome: 'failed', kind: 'own-text', summary: details[0], details };
  },
  cases: () => [],
};
