import { describe, expect, it } from 'vitest';
import type { Argument } from '../../grader/format/call-plan.ts';
import { isClosed, isTensorsOnly, keyOfGiven, type GivenArgument } from '../../grader/format/given-value.ts';

const picture = (...args: Argument[]): GivenArgument => ({
  given: { module: 'lib/pictures.ts', export: 'picture', args },
});

describe('the key of what given code makes', () => {
  it('is the same in whatever order the fields of an argument stand', () => {
    const turned: GivenArgument = {
      given: { args: [{ json: { size: 8, seed: 'a' } }], export: 'picture', module: 'lib/pictures.ts' },
    };
    expect(keyOfGiven(turned)).toBe(keyOfGiven(picture({ json: { seed: 'a', size: 8 } })));
  });

  it.each<[string, GivenArgument]>([
    ['another argument', picture({ json: { seed: 'b', size: 8 } })],
    ['a number for its text', picture({ json: { seed: 'a', size: '8' } })],
    ['another order in a list', picture({ json: [8, 'a'] })],
    ['another function', { given: { ...picture({ json: ['a', 8] }).given, export: 'drawing' } }],
  ])('is another one for %s', (_, argument) => {
    expect(keyOfGiven(argument)).not.toBe(keyOfGiven(picture({ json: { seed: 'a', size: 8 } })));
    expect(keyOfGiven(argument)).not.toBe(keyOfGiven(picture({ json: ['a', 8] })));
  });
});

it('an argument is closed unless a result lies somewhere in it', () => {
  const result: Argument = { result: { call: 'run' } };
  expect(isClosed(picture({ tensor: 'x' }, { list: [{ weights: 'w.safetensors' }] }))).toBe(true);
  for (const inside of [result, picture(result)]) {
    expect(isClosed(picture({ list: [inside] }))).toBe(false);
    expect(isClosed({ record: { a: { number: 1 }, b: inside } })).toBe(false);
  }
});

it('a value is stored where it is tensors and nothing else', () => {
  const tensor = { tensor: 't0' };
  for (const value of [tensor, { list: [tensor, tensor] }, { record: { a: { list: [tensor] } } }]) {
    expect(isTensorsOnly(value)).toBe(true);
  }
  // A network: its functions do not come back.
  const network = { record: { name: { text: 'n' }, inputSize: { number: 8 }, weight: tensor } };
  for (const value of [network, { list: [] }, { number: 1 }, { record: { a: tensor, b: { list: [] } } }]) {
    expect(isTensorsOnly(value)).toBe(false);
  }
});
