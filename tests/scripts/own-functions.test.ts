import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { FIXTURES } from '../../repository.ts';
import { ownFunctions } from '../../scripts/explain/own-functions.ts';

const assignment = loadAssignment([join(FIXTURES, 'public'), join(FIXTURES, 'private')]);
const PATH = 'visualizers/class-visualization.ts';
const solution = readFileSync(join(FIXTURES, 'submissions/should-pass/reference', PATH));

/** What is shown of a solution for one check of class visualization. */
function shownFor(id: string): string {
  const part = assignment.parts.find((one) => one.id === 'class-visualization')!;
  const checks = part.checks.filter(({ check }) => check.id === id);
  const blocks = ownFunctions({ checks, part, files: new Map([[PATH, solution]]) });
  return blocks.flatMap(({ heading, lines }) => [heading, ...lines]).join('\n');
}

it('what a check calls of a solution is shown, and no more of it', () => {
  expect(shownFor('linear')).toContain('export function classVisualizationStep(');
  expect(shownFor('linear')).not.toContain('export function createClassVisualization(');
});

it('where a given wrapper is called, the functions of the part are shown', () => {
  expect(shownFor('watched')).toContain(`what they wrote, ${PATH}`);
  expect(shownFor('watched')).toContain('export function createClassVisualization(');
});
