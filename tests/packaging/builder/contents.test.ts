import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { filesBelow } from '../../../grader/format/files-below.ts';
import { gradescopeResults } from '../../../grader/gradescope/results-schema.ts';
import {
  makePackage,
  MAX_PACKAGE_BYTES,
  type GraderPackage,
} from '../../../packaging/builder/make-package.ts';
import { ROOT, TEMPLATE } from '../../../repository.ts';

let made: GraderPackage;
beforeAll(async () => {
  made = await makePackage();
});

/** All that may lie in a package, and why. */
const ALLOWED: readonly RegExp[] = [
  // What Gradescope runs, and what the image is built from.
  /^(?:setup\.sh|run_autograder|package\.json|package-lock\.json)$/,
  /^(?:settings|pessimistic|package-digest)\.json$/,
  // The engine, compiled.
  /^grader\/(?:run-autograder|check-image|chunk-[A-Z0-9]+)\.mjs$/,
  /^grader\/prebuilt-runner\/(?:runner\.mjs|program\.cjs|tfjs-backend-wasm[\w.-]*)$/,
  // The parts of the engine that run as they are.
  /^grader\/(?:sandbox\/native\/launcher\.(?:c|pl)|sandbox\/canary\/attempts\.ts|pipeline\/deadline-thread\.ts)$/,
  // The compiled assignment: inputs, expected values, pictures; no code.
  /^assignment\/(?:public|private)\/assignment\.json$/,
  /^assignment\/(?:public|private)\/[a-z0-9-]+\/[a-z0-9-]+\/(?:inputs|given|expected)\.safetensors$/,
  /^assignment\/(?:public|private)\/[a-z0-9-]+\/[a-z0-9-]+\/(?:meta\.json|[a-z0-9_-]+\.png)$/,
  // The key of the quiz: root's alone in the image, like all of the private half.
  /^assignment\/private\/concept-quiz\/quiz\.md$/,
  /^assignment\/(?:public|private)\/known-mistakes\/[\w/.-]+\.(?:json|safetensors)$/,
];

/** The template is what students have anyway. */
const isTemplate = (path: string): boolean => path.startsWith('template/');

function sourceFiles(directory: string): string[] {
  return filesBelow(directory, { skip: ['node_modules'] })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(directory, path));
}

/** Lines of code that say enough to be known again. */
function tellingLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) => line.length >= 40 && /[({=]/.test(line) && !/^(?:import|export|\*|\/\/|\/\*)/.test(line),
    );
}

function solutionLines(): Set<string> {
  const lines = new Set<string>();
  for (const path of sourceFiles(join(ROOT, 'reference', 'parts'))) {
    const regions = readFileSync(path, 'utf8').matchAll(/\/\/ BEGIN SOLUTION\n([\s\S]*?)\/\/ END SOLUTION/g);
    for (const [, region] of regions) for (const line of tellingLines(region)) lines.add(line);
  }
  return lines;
}

describe('the Gradescope package', () => {
  it('holds only what is allowed', () => {
    const odd = [...made.files.keys()].filter(
      (path) => !isTemplate(path) && !ALLOWED.some((pattern) => pattern.test(path)),
    );
    expect(odd).toEqual([]);
  });

  it('holds the template as students have it', () => {
    const paths = [...made.files.keys()].filter(isTemplate);
    expect(paths).toContain('template/package.json');
    const changed = paths.filter(
      (path) => !readFileSync(join(TEMPLATE, path.slice('template/'.length))).equals(made.files.get(path)!),
    );
    expect(changed).toEqual([]);
    expect(paths.filter((path) => path.includes('node_modules'))).toEqual([]);
  });

  it('holds no line of a solution', () => {
    const lines = solutionLines();
    expect(lines.size).toBeGreaterThan(20);
    const found = [...made.files].flatMap(([path, bytes]) => {
      const inFile = new Set(
        Buffer.from(bytes)
          .toString('latin1')
          .split('\n')
          .map((line) => line.trim()),
      );
      return [...lines].filter((line) => inFile.has(line)).map((line) => `${path}: ${line}`);
    });
    expect(found).toEqual([]);
  });

  it('holds no rubric source, case source, right or wrong example', () => {
    const sources = [
      ...sourceFiles(join(ROOT, 'reference')).filter((path) => /(?:part|rubric|cases)\.ts$/.test(path)),
      ...sourceFiles(join(ROOT, 'fixtures', 'submissions')),
    ];
    expect(sources.length).toBeGreaterThan(10);
    const template = new Set(
      sourceFiles(TEMPLATE).flatMap((path) => tellingLines(readFileSync(path, 'utf8'))),
    );
    const lines = new Set(
      sources
        .flatMap((path) => tellingLines(readFileSync(path, 'utf8')))
        .filter((line) => !template.has(line)),
    );
    const code = [...made.files].filter(([path]) => /\.(?:ts|mjs|js|md)$/.test(path));
    const found = code.flatMap(([path, bytes]) =>
      tellingLines(Buffer.from(bytes).toString('utf8'))
        .filter((line) => lines.has(line))
        .map((line) => `${path}: ${line}`),
    );
    expect(found).toEqual([]);
  });

  it('has the same bytes each time it is made, and is small', async () => {
    const again = await makePackage();
    expect(again.sha256).toBe(made.sha256);
    expect(made.zip.length).toBeLessThan(MAX_PACKAGE_BYTES);
  });

  it('has a grader that does not load TensorFlow.js itself', () => {
    const engine = [...made.files].filter(([path]) => /^grader\/[^/]+\.mjs$/.test(path));
    expect(engine.length).toBeGreaterThan(1);
    const total = engine.reduce((sum, [, bytes]) => sum + bytes.length, 0);
    expect(total).toBeLessThan(2_500_000);
    expect(engine.filter(([, bytes]) => Buffer.from(bytes).includes('registerKernel('))).toEqual([]);
  });

  it('brings results for the case that the grader does not start: valid, 0 points, all checks', () => {
    const results = gradescopeResults.parse(
      JSON.parse(Buffer.from(made.files.get('pessimistic.json')!).toString('utf8')),
    );
    expect(results.score).toBe(0);
    expect(results.tests?.length).toBeGreaterThan(10);
    expect(results.tests?.every((test) => test.score === 0 && test.status === 'failed')).toBe(true);
    expect(results.output).toMatch(/contact the staff/);
  });
});
