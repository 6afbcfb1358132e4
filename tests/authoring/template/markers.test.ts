import * as fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { findMarkers } from '../../../authoring/template/markers.ts';

function markersIn(text: string): ReturnType<typeof findMarkers> {
  return findMarkers(ts.createSourceFile('/file.ts', text, ts.ScriptTarget.ES2022, true));
}

describe('markers', () => {
  it('are found wherever a comment can stand, with their ranges', () => {
    const text = 'function f() {\n  // BEGIN SOLUTION\n  // END SOLUTION\n}\n// BEGIN SOLUTION\n';
    const { markers, findings } = markersIn(text);
    expect(findings).toEqual([]);
    expect(markers.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
      ['begin', '// BEGIN SOLUTION'],
      ['end', '// END SOLUTION'],
      ['begin', '// BEGIN SOLUTION'],
    ]);
  });

  it.each([
    ['a string', 'const a = "// BEGIN SOLUTION";'],
    ['a template literal', 'const a = `\n// BEGIN SOLUTION\n${1}\n// END SOLUTION\n`;'],
    ['a regular expression', String.raw`const a = /\/\/ BEGIN SOLUTION/;`],
  ])('are not seen in %s', (_, text) => {
    expect(markersIn(text)).toEqual({ markers: [], findings: [] });
  });

  it('are seen between the pieces of a template literal', () => {
    expect(markersIn('const a = `${\n// BEGIN SOLUTION\n1}`;').markers).toHaveLength(1);
  });

  it.each([
    '//BEGIN SOLUTION',
    '//  BEGIN SOLUTION',
    '//\tBEGIN SOLUTION',
    '// BEGIN  SOLUTION',
    '// BEGIN SOLUTION ',
    '// BEGIN SOLUTION:',
    '// BEGIN SOLUTION (2 points)',
    '// --- BEGIN SOLUTION ---',
    '//// END SOLUTION',
    '// begin solution',
    '// End Solution',
    '// BEGIN SOLUTIONS',
    '// BEGIN-SOLUTION',
    '// END_SOLUTION',
    '// BEGINSOLUTION',
    '// beginSolution',
    '// BEGN SOLUTION',
    '// BEGIN SOLUTOIN',
    '// BGEIN SOLUTOIN',
    '// BEGIN S\u041eLUTION',
    '// ENDS SOLUTION',
    '// SOLUTION BEGIN',
    '// Solution end',
    '// START SOLUTION',
    '// see BEGIN SOLUTION',
    '/* BEGIN SOLUTION */',
    '/** END SOLUTION */',
    '/*\n * BEGIN SOLUTION\n */',
    '/**\n * @param {// BEGIN SOLUTION\n */\nfunction f(x: number) {}',
  ])('misspelt as %j are errors', (comment) => {
    const { markers, findings } = markersIn(`const a = 1;\n${comment}\nconst b = 2;\n`);
    expect(markers).toEqual([]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ line: comment.includes('\n') ? 3 : 2 });
    expect(findings[0].problem).toContain('looks like a solution marker');
  });

  it.each([
    '// The solution of the linear system',
    '// No solution exists here',
    '// Any solution will do',
    '// In solution space',
    '// resolution in pixels',
    '// Begin with the solution of the first row',
    '// the end',
    '/** Ends when a solution is found. */',
  ])('are not suspected in the prose of %j', (comment) => {
    expect(markersIn(`${comment}\nconst a = 1;\n`)).toEqual({ markers: [], findings: [] });
  });

  it('with any one typing error are still recognised as meant', () => {
    const edit = fc.record({
      marker: fc.constantFrom('BEGIN SOLUTION', 'END SOLUTION'),
      kind: fc.constantFrom('insert', 'replace', 'remove', 'swap'),
      at: fc.nat(13),
      letter: fc.string({ minLength: 1, maxLength: 1 }),
    });
    fc.assert(
      fc.property(edit, ({ marker, kind, at, letter }) => {
        const index = at % marker.length;
        const [before, after] = [marker.slice(0, index), marker.slice(index)];
        const edited = {
          insert: before + letter + after,
          replace: before + letter + after.slice(1),
          remove: before + after.slice(1),
          swap: before + after.slice(0, 2).split('').toReversed().join('') + after.slice(2),
        }[kind];
        const { markers, findings } = markersIn(`const a = 1;\n// ${edited}\n`);
        expect(markers.length + findings.length).toBe(1);
        expect(markers.length).toBe(edited === marker ? 1 : 0);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('stand on lines of their own', () => {
    const { findings } = markersIn('const a = 1; // BEGIN SOLUTION\n');
    expect(findings).toMatchObject([
      { line: 1, column: 14, problem: expect.stringContaining('shares its line') },
    ]);
  });
});
