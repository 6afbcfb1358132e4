import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateTemplate, type TemplateSource } from '../../../authoring/template/generate.ts';
import { findDrift } from '../../../authoring/template/generated-folder.ts';
import { shippedFiles } from '../../../authoring/template/layout.ts';
import { materializeSubmission } from '../../../authoring/template/materialize-submission.ts';
import { materialize } from '../../../authoring/template/materialize.ts';
import { assignmentOf, problemsOf } from './small-assignment.ts';

const root = resolve(import.meta.dirname, 'data/golden');
const expected = join(root, 'expected');
const assignment: TemplateSource = {
  alsoAllowed: ['visualization/*.png'],
  parts: [
    {
      id: 'soft-threshold',
      directory: join(root, 'reference/parts/soft-threshold'),
      handout: 'handout.md',
      files: {
        'visualizers/soft-threshold.ts': { source: 'soft-threshold.ts', role: 'solution' },
        'lib/shrink.ts': { source: 'shrink.ts', role: 'given' },
        'drivers/soft-threshold.ts': { source: 'driver.ts', role: 'given' },
      },
    },
  ],
};
const files = shippedFiles({ root, parts: assignment.parts });

describe('a whole assignment', () => {
  it.each(['template', 'solution'] as const)('comes out in mode %s as written down', (mode) => {
    const drift = findDrift(join(expected, mode), materialize({ files, mode }));
    expect(drift).toEqual({ missing: [], changed: [], stale: [] });
  });

  it('has as its submission the solution files without markers', () => {
    const path = 'visualizers/soft-threshold.ts';
    const solution = readFileSync(join(expected, 'solution', path), 'utf8');
    expect([...materializeSubmission({ files })]).toEqual([[path, solution]]);
  });

  it('lists in submission.json what may be submitted and a hash of everything else', () => {
    const content = generateTemplate({ root, assignment });
    const allowList = JSON.parse(String(content.get('submission.json')));
    expect(allowList).toMatchObject({
      name: 'assignment_3_submission.zip',
      solutionFiles: [
        { path: 'visualizers/soft-threshold.ts', functions: ['softThreshold', 'describe', 'softSign'] },
      ],
      optional: ['visualization/*.png'],
    });
    const others = [...content.keys()].filter((path) => !/^visualizers|^submission\.json$/.test(path));
    expect(Object.keys(allowList.given)).toEqual(others);
    // sha256sum of the one-line handout, computed elsewhere.
    expect(allowList.given['handouts/soft-threshold.md']).toBe(
      '09b7c255727b867721969d76630cd7d02f291ea9c0393547b5f5f059a04e0eb5',
    );
  });

  it('keeps bytes that are not text', () => {
    const [file] = assignmentOf({ 'model.bin': '\u00ff\u0000' });
    const content = materialize({ files: [file], mode: 'template' }).get('model.bin');
    expect(content).toEqual(readFileSync(file.source));
  });
});

describe('the list of shipped files', () => {
  it('may not put two files in one place, letters of either case being one', () => {
    const [a, b] = assignmentOf({ 'a.ts': 'export {};\n', 'b.ts': 'export {};\n' });
    expect(() => materialize({ files: [a, { ...b, templatePath: 'A.ts' }], mode: 'template' })).toThrow(
      'another file is already at A.ts',
    );
  });

  it('may not ship one file twice', () => {
    const [a] = assignmentOf({ 'a.ts': 'export {};\n' });
    expect(() => materialize({ files: [a, { ...a, templatePath: 'b.ts' }], mode: 'template' })).toThrow(
      'listed twice',
    );
  });

  it('must hold every file that another one imports', () => {
    const sources = {
      'a.ts': "import { b } from './b.ts';\nexport const c = b;\nexport type D = import('../d.ts').D;\n",
    };
    expect(problemsOf(sources)).toEqual([
      'a.ts:1:19: "./b.ts" does not ship with the template',
      'a.ts:3:24: "../d.ts" does not ship with the template',
    ]);
  });

  it('need not hold what only the solution imports', () => {
    const solution = [
      "import { b } from './secret.ts';",
      'export async function f(): Promise<void> {',
      '  // BEGIN SOLUTION',
      "  b(await import('./other-secret.ts'));",
      '  // END SOLUTION',
      '}\n',
    ].join('\n');
    expect(problemsOf(solution)).toEqual([]);
  });

  it('gives only TypeScript files the role solution', () => {
    const [file] = assignmentOf({ 'notes.md': 'Notes\n' });
    expect(() => materialize({ files: [{ ...file, role: 'solution' }], mode: 'template' })).toThrow(
      'only TypeScript files can have the role solution',
    );
  });
});
