import { isSame, isTelling } from './fingerprint.ts';
import type { FailedCheck, Sight } from './match.ts';

/** What a student reads where another call of the same case should have returned this. */
export const RESULT_OF_ANOTHER_CALL =
  'This is what another call of the same case should return: is an argument ignored, or are two results exchanged?';

/**
 * The failed checks of which a value is the right result of another call of the same case, such as that of another class.
 * @param sights by place, whose name begins with case and call: `network/maps.0`
 */
export function resultsOfOtherCalls(
  failed: readonly FailedCheck[],
  sights: ReadonlyMap<string, Sight>,
): ReadonlySet<string> {
  const all = [...sights];
  const isOther = (place: string): boolean => {
    const own = sights.get(place);
    if (!own || !isTelling(own.received) || isSame(own.received, own.right, own.near)) return false;
    // Numbers alone may be equal by chance.
    if (own.received.kind === 'tensor' && own.received.sketch.length < 2) return false;
    const [ownCase, ownCall] = callOf(place);
    return all.some(([name, { right }]) => {
      const [otherCase, otherCall] = callOf(name);
      return otherCase === ownCase && otherCall !== ownCall && isSame(own.received, right, own.near);
    });
  };
  return new Set(failed.filter(({ places }) => places.some(isOther)).map(({ id }) => id));
}

/** Case and call of a place. */
function callOf(place: string): [string, string] {
  const [id, rest = ''] = place.split('/');
  return [id, rest.split(/[.#]/)[0]];
}
