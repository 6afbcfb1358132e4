import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { policy } from '../../grader/assignment/policy.ts';
import { assignmentFile, caseMeta, part } from '../../grader/assignment/schema.ts';
import { checkBase } from '../../grader/checks/check-base.ts';
import { check } from '../../grader/checks/index.ts';
import { operand } from '../../grader/checks/property/operand.ts';
import { property } from '../../grader/checks/property/properties.ts';
import { argument, call, casePlan } from '../../grader/format/call-plan.ts';
import { selector } from '../../grader/format/selector.ts';
import { valueTree } from '../../grader/format/value-tree.ts';
import { knownMistakes } from '../../grader/mistakes/known-mistakes.ts';
import { ROOT } from '../../repository.ts';
import { expectation as mistake } from '../../authoring/judging/expectation.ts';
import { expectation as attack } from '../hostile/attack.ts';
import { alternativesOf, fieldsOf, type Field } from './schema-fields.ts';

/** Schemas by the heading of the section that has their fields. Others are described where they are used. */
const SECTIONS: Readonly<Record<string, z.ZodType>> = {
  '`assignment.json`': assignmentFile,
  Part: part,
  Case: casePlan,
  Call: call,
  Argument: argument,
  Selector: selector,
  Properties: property,
  Operand: operand,
  Policy: policy,
  '`meta.json`': caseMeta,
  'Returned value': valueTree,
  'Known mistakes': knownMistakes,
  '`expect.json` of a typical mistake': mistake,
  '`expect.json` of an attack': attack,
};
const ELSEWHERE = new Set<z.ZodType>([...Object.values(SECTIONS), check]);

/** Fields by section: one for each schema, and one for each kind of check with what it adds to all checks. */
function expectedSections(): Map<string, Field[]> {
  const sections = new Map(
    Object.entries(SECTIONS).map(([heading, schema]) => [heading, fieldsOf(schema, ELSEWHERE)]),
  );
  const general = fieldsOf(z.strictObject({ kind: z.string(), ...checkBase }), ELSEWHERE);
  sections.set('Check', general);
  for (const [kind, schema] of alternativesOf(check)) {
    const own = fieldsOf(schema, ELSEWHERE).filter(({ name }) => !general.some((one) => one.name === name));
    sections.set(`\`${kind}\``, own);
  }
  return sections;
}

/** The rows of the page's tables by heading: the field, and all that is said of it. */
function readSections(): Map<string, Map<string, string>> {
  const page = readFileSync(join(ROOT, 'docs/assignment-format.md'), 'utf8');
  const sections = new Map<string, Map<string, string>>();
  let heading = '';
  for (const token of marked.lexer(page)) {
    if (token.type === 'heading') heading = (token as Tokens.Heading).text;
    if (token.type !== 'table') continue;
    const rows = (token as Tokens.Table).rows.map((row) => row.map(({ text }) => text));
    sections.set(
      heading,
      new Map(rows.map(([field, ...rest]) => [field.replaceAll('`', ''), rest.join(' ')])),
    );
  }
  return sections;
}

describe('the page on the format of an assignment', () => {
  const expected = expectedSections();
  const written = readSections();

  it('has a table for every schema, and no other', () => {
    expect([...written.keys()].sort()).toEqual([...expected.keys()].sort());
  });

  it.each([...expected])('names the fields of %s, and whether they may be left out', (heading, fields) => {
    const names = fields.map(({ name, optional }) => `${name}${optional ? '?' : ''}`);
    expect([...(written.get(heading)?.keys() ?? [])].sort()).toEqual(names.sort());
  });

  it.each([...expected])('names the words and defaults of %s', (heading, fields) => {
    const missing = fields.flatMap(({ name, optional, words }) => {
      const text = written.get(heading)?.get(`${name}${optional ? '?' : ''}`) ?? '';
      return words.filter((word) => !text.includes(`\`${word}\``)).map((word) => `${name}: ${word}`);
    });
    expect(missing).toEqual([]);
  });
});
