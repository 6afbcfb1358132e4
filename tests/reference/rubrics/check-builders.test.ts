import { describe, expect, it } from 'vitest';
import { check } from '../../../grader/checks/index.ts';
import { templateModule } from '../../../reference/cases/template-module.ts';
import { checksOf } from '../../../reference/rubrics/check-builders.ts';
import { exact, network } from '../../../reference/rubrics/tolerances.ts';

const part = { solution: templateModule<{ blur(): void }>('filters/blur.ts') };

describe('checks of a rubric', () => {
  it('look at the case and the call with their own id', () => {
    const { close } = checksOf(part, { tolerance: exact });
    expect(close('wide', 1, 'blur is right')).toEqual({
      kind: 'tensor-close',
      id: 'wide',
      points: 1,
      title: 'blur is right',
      case: 'wide',
      value: { call: 'wide' },
      ...exact,
    });
  });

  it('look at the usual call of their rubric, and at another one where they say so', () => {
    const { close, property } = checksOf(part, { call: 'blurred', tolerance: exact });
    expect(close('wide', 1, 'title')).toMatchObject({ value: { call: 'blurred' } });
    expect(close('wide', 1, 'title', { call: 'twice', path: ['image'] })).toMatchObject({
      case: 'wide',
      value: { call: 'twice', path: ['image'] },
    });
    const valid = { name: 'the image', holds: { property: 'range', min: 0, max: 1 } } as const;
    expect(property('valid', 1, 'title', { case: 'wide', ...valid })).toMatchObject({
      case: 'wide',
      value: { call: 'blurred' },
      holds: [valid.holds],
    });
  });

  it('look at the gradient and at the picture that have the usual names', () => {
    const { gradient, picture } = checksOf(part, { call: 'blurred', tolerance: exact });
    expect(gradient('slope', 1, 'title')).toMatchObject({ case: 'slope', call: 'gradient' });
    const options = { file: 'blur', maxDifferentShare: 0.01 };
    expect(picture('picture', 1, 'title', options)).toMatchObject({ image: { call: 'picture' } });
    expect(picture('picture', 1, 'title', options)).not.toHaveProperty('submitted');
    expect(picture('picture', 1, 'title', { ...options, submitted: true })).toMatchObject({
      picture: 'blur',
      submitted: 'visualization/blur.png',
    });
  });

  it('have the usual tolerance, or their own', () => {
    const { close } = checksOf(part, { tolerance: exact });
    expect(close('small', 1, 'title')).toMatchObject(exact);
    expect(close('large', 1, 'title', { tolerance: network })).toMatchObject(network);
  });

  it('are all a bonus where the rubric says so', () => {
    const { close, gradient } = checksOf(part, { tolerance: exact, bonus: true });
    expect([close('a', 1, 'title'), gradient('b', 1, 'title')]).toMatchObject([
      { bonus: true },
      { bonus: true },
    ]);
  });

  it('name the function that leaves tensors behind and the file that is to be tidied up', () => {
    const { leftovers, tidyCode } = checksOf(part, { call: 'blurred', tolerance: exact });
    const plausible = [{ case: 'wide', value: { call: 'blurred' } }];
    expect(leftovers(1, 'blur', { case: 'wide', plausible })).toMatchObject({
      id: 'leftovers',
      title: 'blur leaves no tensors behind, and its arguments as they were',
      case: 'wide',
      call: 'blurred',
      keepsArguments: true,
      plausible,
    });
    expect(tidyCode(1, { plausible })).toMatchObject({
      id: 'tidy-code',
      title: 'blur.ts has no leftover prints and only allowed imports',
      plausible,
    });
  });

  it('are checks as the engine takes them', () => {
    const { close, gradient, leftovers, picture, property, tidyCode } = checksOf(part, { tolerance: exact });
    const all = [
      close('a', 1, 'title', { hint: { values: 'Sum, do not average.', form: 'One number an image.' } }),
      gradient('b', 1, 'title'),
      property('c', 1, 'title', { name: 'it', holds: { property: 'finite' } }),
      picture('d', 1, 'title', { file: 'd', maxDifferentShare: 0.01 }),
      leftovers(1, 'blur', { case: 'a' }),
      tidyCode(1, { requires: ['a'] }),
    ];
    expect(all.map((one) => check.safeParse(one).error)).toEqual(all.map(() => undefined));
  });
});
