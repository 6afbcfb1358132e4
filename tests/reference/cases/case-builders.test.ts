import { describe, expect, it } from 'vitest';
import { casePlan } from '../../../grader/format/call-plan.ts';
import { jsonArguments, result } from '../../../reference/cases/arguments.ts';
import { casesOf, type CaseRecipe } from '../../../reference/cases/case-builders.ts';
import { noise } from '../../../reference/cases/inputs.ts';
import { templateModule } from '../../../reference/cases/template-module.ts';

const blur = templateModule<{ blur(): void }>('filters/blur.ts');
const recipe: CaseRecipe = ({ stream }) => ({
  inputs: { image: noise(stream, [1, 2, 2, 3]) },
  calls: [blur.call('blurred', 'blur', [{ tensor: 'image' }], { observe: true })],
});

describe('cases of a part', () => {
  it('are seen by students or not', () => {
    const { publicCase, privateCase } = casesOf({ id: 'blur' }, 'seed');
    expect(publicCase('small', recipe).visibility).toBe('public');
    expect(privateCase('small', recipe).visibility).toBe('private');
  });

  it('have the same random inputs every time, and each its own', () => {
    const imageOf = (part: string, seed: string, id: string) =>
      [...casesOf({ id: part }, seed).publicCase(id, recipe).inputs.image.data].join();
    expect(imageOf('blur', 'seed', 'small')).toBe(imageOf('blur', 'seed', 'small'));
    const others = [
      imageOf('blur', 'seed', 'large'),
      imageOf('blur', 'other seed', 'small'),
      imageOf('sharpen', 'seed', 'small'),
    ];
    expect(new Set([imageOf('blur', 'seed', 'small'), ...others]).size).toBe(4);
  });

  it('have no inputs and no derived calls unless they say so', () => {
    const { publicCase } = casesOf({ id: 'blur' }, 'seed');
    const made = publicCase('empty', { calls: [blur.call('blurred', 'blur', [])] });
    expect(made).toMatchObject({ id: 'empty', inputs: {}, derived: [] });
  });

  it('are call plans as the engine takes them', () => {
    const { publicCase } = casesOf({ id: 'blur' }, 'seed');
    const settings = { record: { ...jsonArguments({ sigma: 2, seed: 'a' }), start: { tensor: 'image' } } };
    const { id, calls, derived } = publicCase('chain', {
      calls: [
        blur.call('first', 'blur', [blur.given('blur', []), settings]),
        blur.call('second', 'blur', [result('first'), result('first', ['image', 0])]),
      ],
    });
    expect(casePlan.parse({ id, calls, derived }).calls).toMatchObject([
      {
        module: 'filters/blur.ts',
        export: 'blur',
        args: [
          { given: { module: 'filters/blur.ts', export: 'blur', args: [] } },
          { record: { sigma: { json: 2 }, seed: { json: 'a' }, start: { tensor: 'image' } } },
        ],
      },
      { args: [{ result: { call: 'first' } }, { result: { call: 'first', path: ['image', 0] } }] },
    ]);
  });
});
