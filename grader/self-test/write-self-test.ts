import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { tensorToRaster } from '../checks/png-match/index.ts';
import { encodeSafetensors } from '../format/safetensors.ts';
import { encodePng } from '../picture/index.ts';
import { CASE_FILES } from '../assignment/load.ts';
import { assignmentFile, caseMeta } from '../assignment/schema.ts';
import type { Half } from '../assignment/half.ts';
import type { policy } from '../assignment/policy.ts';
import type { SelfTestCase, SelfTestPart } from './part.ts';
import { SELF_TEST_PARTS } from './parts/index.ts';
import { RIGHT, SOLUTION_PATHS, TEMPLATE, WRONG, type SourceFiles } from './sources.ts';

const SEED = 'self-test';

/** Where the self-test's files lie. */
export interface SelfTestPlaces {
  readonly template: string;
  /** Directories of the halves. */
  readonly assignment: readonly string[];
  readonly right: string;
  readonly wrong: string;
}

function writeFiles(directory: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}

function writeCase(directory: string, part: SelfTestPart, one: SelfTestCase): void {
  const meta = caseMeta.parse({
    part: part.id,
    case: one.plan.id,
    seed: SEED,
    backend: 'by hand',
    versions: {},
    source: SEED,
    inputs: Object.fromEntries(
      Object.entries(one.inputs).map(([name, { dtype, shape }]) => [name, { dtype, shape }]),
    ),
    expected: one.expected,
  });
  const pictures = Object.entries(one.pictures ?? {}).map(
    ([name, picture]) => [`${name}.png`, encodePng(tensorToRaster(picture))] as const,
  );
  writeFiles(directory, {
    [CASE_FILES.inputs]: encodeSafetensors(one.inputs),
    [CASE_FILES.expected]: encodeSafetensors(one.tensors),
    [CASE_FILES.meta]: JSON.stringify(meta),
    ...Object.fromEntries(pictures),
  });
}

function writeHalf(directory: string, visibility: Half, rules: z.input<typeof policy>): void {
  const mine = <T extends { visibility: Half }>(items: readonly T[]): T[] =>
    items.filter((item) => item.visibility === visibility);
  const file = assignmentFile.parse({
    format: 1,
    id: 'self-test',
    title: 'Self-test of the grader',
    seed: SEED,
    visibility,
    allow: [...SOLUTION_PATHS],
    policy: rules,
    parts: SELF_TEST_PARTS.map((part) => ({
      id: part.id,
      title: part.title,
      group: part.group,
      solutionFiles: [{ path: part.path, functions: part.functions }],
      cases: mine(part.cases).map(({ plan }) => plan),
      checks: mine(part.checks).map(({ visibility: _, ...check }) => check),
    })),
    provenance: { backend: 'by hand', versions: {}, sources: {} },
  });
  writeFiles(directory, { 'assignment.json': JSON.stringify(file) });
  for (const part of SELF_TEST_PARTS) {
    for (const one of mine(part.cases)) writeCase(join(directory, part.id, one.plan.id), part, one);
  }
}

/**
 * Writes the self-test's template, compiled assignment and submissions.
 * @param directory a fresh directory of the caller's
 * @param rules the course's rules under which it is graded
 */
export function writeSelfTest(directory: string, rules: z.input<typeof policy> = {}): SelfTestPlaces {
  const places: SelfTestPlaces = {
    template: join(directory, 'template'),
    assignment: [join(directory, 'public'), join(directory, 'private')],
    right: join(directory, 'right'),
    wrong: join(directory, 'wrong'),
  };
  const sources: [string, SourceFiles][] = [
    [places.template, TEMPLATE],
    [places.right, RIGHT],
    [places.wrong, WRONG],
  ];
  for (const [path, files] of sources) writeFiles(path, files);
  writeHalf(places.assignment[0], 'public', rules);
  writeHalf(places.assignment[1], 'private', rules);
  return places;
}
