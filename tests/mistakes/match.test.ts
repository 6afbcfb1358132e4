import { describe, expect, it } from 'vitest';
import { fingerprintOf, type Fingerprint } from '../../grader/mistakes/fingerprint.ts';
import { causesOf, type ReadMistake, type Sight } from '../../grader/mistakes/match.ts';

const near = { atol: 1e-6, rtol: 1e-4 };
const fingerprint = (...values: number[]): Fingerprint =>
  fingerprintOf({ dtype: 'float32', shape: [values.length], data: Float32Array.from(values) });
const threw: Fingerprint = { kind: 'other', what: 'failed: threw' };

/** A right solution returns these at three places, each looked at by the check of its name. */
const right = { loss: fingerprint(4, 1), gradient: fingerprint(2, -3), batch: fingerprint(7, 5) };
type Place = keyof typeof right;
const checks = (Object.keys(right) as Place[]).map((id) => ({ id, places: [id] }));

function causes(
  received: Partial<Record<Place, Fingerprint>>,
  mistakes: Record<string, Partial<Record<Place, Fingerprint>>>,
): Record<string, string> {
  const sights = new Map<string, Sight>(
    checks.map(({ id }) => [
      id,
      { of: id, received: received[id as Place] ?? right[id as Place], right: right[id as Place], near },
    ]),
  );
  const failed = checks.filter(({ id }) => Object.hasOwn(received, id));
  const known = Object.entries(mistakes).map(([cause, returns]): ReadMistake => ({
    cause: cause.replace(/\d$/, ''),
    returns: new Map(Object.entries(returns)),
  }));
  return Object.fromEntries(causesOf(failed, sights, known));
}

describe('the cause of a failed check', () => {
  it('is the one mistake that returns the same', () => {
    const known = { half: { loss: fingerprint(2, 0.5) }, twice: { loss: fingerprint(8, 2) } };
    expect(causes({ loss: fingerprint(8, 2) }, known)).toEqual({ loss: 'twice' });
  });

  it('is none where no mistake returns the same', () => {
    expect(causes({ loss: fingerprint(5, 2) }, { twice: { loss: fingerprint(8, 2) } })).toEqual({});
  });

  it('is none where two mistakes return the same', () => {
    expect(
      causes(
        { loss: fingerprint(8, 2) },
        { twice: { loss: fingerprint(8, 2) }, other: { loss: fingerprint(8, 2) } },
      ),
    ).toEqual({});
  });

  it('is one that two mistakes share', () => {
    expect(
      causes(
        { loss: fingerprint(8, 2) },
        { twice1: { loss: fingerprint(8, 2) }, twice2: { loss: fingerprint(8, 2) } },
      ),
    ).toEqual({
      loss: 'twice',
    });
  });

  it('of two that explain a check is the one that explains all that failed', () => {
    const known = {
      here: { loss: fingerprint(8, 2) },
      everywhere: { loss: fingerprint(8, 2), gradient: fingerprint(4, -6) },
    };
    expect(causes({ loss: fingerprint(8, 2), gradient: fingerprint(4, -6) }, known)).toEqual({
      loss: 'everywhere',
      gradient: 'everywhere',
    });
  });

  it('is none that would have made something wrong that is right', () => {
    expect(
      causes(
        { loss: fingerprint(8, 2) },
        { twice: { loss: fingerprint(8, 2), gradient: fingerprint(4, -6) } },
      ),
    ).toEqual({});
  });

  it('is one for each call where two mistakes were made', () => {
    const known = { twice: { loss: fingerprint(8, 2) }, sign: { gradient: fingerprint(-2, 3) } };
    expect(causes({ loss: fingerprint(8, 2), gradient: fingerprint(-2, 3) }, known)).toEqual({
      loss: 'twice',
      gradient: 'sign',
    });
  });

  it('is told where another check failed for a reason that nobody knows', () => {
    expect(
      causes(
        { loss: fingerprint(8, 2), gradient: fingerprint(100, 3) },
        { twice: { loss: fingerprint(8, 2) } },
      ),
    ).toEqual({
      loss: 'twice',
    });
  });

  it('is none where the result lies between what is right and what the mistake returns', () => {
    // All three are the same within this tolerance.
    const wide = { atol: 10, rtol: 0 };
    const sights = new Map([
      ['loss', { of: 'f', received: fingerprint(4.5, 1), right: fingerprint(4, 1), near: wide }],
    ]);
    const known = [{ cause: 'twice', returns: new Map([['loss', fingerprint(5, 1)]]) }];
    expect([...causesOf([{ id: 'loss', places: ['loss'] }], sights, known)]).toEqual([]);
  });

  it('is none where zeros came and the mistake returns something small', () => {
    const sights = new Map([
      ['loss', { of: 'f', received: fingerprint(0, 0), right: fingerprint(4, 1), near }],
    ]);
    const known = [{ cause: 'tiny', returns: new Map([['loss', fingerprint(1e-8, 2e-8)]]) }];
    expect([...causesOf([{ id: 'loss', places: ['loss'] }], sights, known)]).toEqual([]);
  });

  describe('by a result that many mistakes give', () => {
    it('is told where everything else is as it would be', () => {
      expect(causes({ batch: threw }, { batches: { batch: threw } })).toEqual({ batch: 'batches' });
      expect(causes({ batch: fingerprint(0, 0) }, { batches: { batch: fingerprint(0, 0) } })).toEqual({
        batch: 'batches',
      });
    });

    it('is none where something else is not', () => {
      const received = { loss: fingerprint(8, 2), batch: threw };
      expect(causes(received, { batches: { batch: threw } })).toEqual({});
    });

    it('is none where nothing is right', () => {
      const all = { loss: threw, gradient: threw, batch: threw };
      expect(causes(all, { nothing: all })).toEqual({});
    });
  });

  it('is none where another failed check of the same function is not explained', () => {
    const of = 'lossOf';
    const sights = new Map<string, Sight>([
      ['loss', { of, received: fingerprint(8, 2), right: fingerprint(4, 1), near }],
      ['batch', { of, received: fingerprint(1, 1), right: fingerprint(7, 5), near }],
    ]);
    const failed = ['loss', 'batch'].map((id) => ({ id, places: [id] }));
    const known = [{ cause: 'twice', returns: new Map([['loss', fingerprint(8, 2)]]) }];
    expect([...causesOf(failed, sights, known)]).toEqual([]);
    const elsewhere = new Map(sights).set('batch', { ...sights.get('batch')!, of: 'batchOf' });
    expect([...causesOf(failed, elsewhere, known)]).toEqual([['loss', 'twice']]);
  });

  it('is none at a place of which nothing is known', () => {
    const sights = new Map([
      ['loss', { of: 'f', received: fingerprint(8, 2), right: fingerprint(4, 1), near }],
    ]);
    const known = [{ cause: 'twice', returns: new Map([['loss', fingerprint(8, 2)]]) }];
    expect([...causesOf([{ id: 'both', places: ['loss', 'unknown'] }], sights, known)]).toEqual([]);
  });
});
