import { isSame, isTelling, distanceBetween, type Fingerprint, type Nearness } from './fingerprint.ts';
import { rootMeanSquare } from './sketch.ts';

/** A known mistake with its fingerprints read. */
export interface ReadMistake {
  readonly cause: string;
  readonly returns: ReadonlyMap<string, Fingerprint>;
}

/** What there is to see at a place. */
export interface Sight {
  /** The function that returned it. */
  readonly of: string;
  readonly received: Fingerprint;
  readonly right: Fingerprint;
  readonly near: Nearness;
}

/** A failed check by the places whose values it looks at. */
export interface FailedCheck {
  readonly id: string;
  readonly places: readonly string[];
}

/** A result is a known wrong one where it lies this much nearer to it than that does to the right one, and to zeros. */
const NEARER = 0.1;

const isRight = ({ received, right, near }: Sight): boolean => isSame(received, right, near);

/** Whether what was received at a place is what a mistake returns there, and not something between that and what is right. */
function isAs({ received, right, near }: Sight, wrong: Fingerprint): boolean {
  if (!isSame(received, wrong, near)) return false;
  const away = distanceBetween(received, wrong);
  if (away === undefined || wrong.kind !== 'tensor') return true;
  const apart = Math.min(distanceBetween(wrong, right) ?? Infinity, rootMeanSquare(wrong.sketch));
  return away <= NEARER * apart;
}

/**
 * The cause that explains each failed check, of those where there is exactly one. A mistake explains a check where all
 * that the check looks at is what the mistake returns; it is out where it would have made something wrong that is right.
 * The same holds where it touches a function of which a failed check is not explained by it: another mistake was made there,
 * which may look like it on one case. Where two explain a check, one that explains all that failed is it. Results that many mistakes give (zeros, NaN, an
 * error) are believed only where everything else that was returned fits, too.
 *
 * @param sights by place
 * @returns by the id of the check
 */
export function causesOf(
  failed: readonly FailedCheck[],
  sights: ReadonlyMap<string, Sight>,
  mistakes: readonly ReadMistake[],
): ReadonlyMap<string, string> {
  const possible = mistakes
    .filter(({ returns }) => !isContradicted(returns, sights))
    .map((mistake) => ({ mistake, explained: failed.filter((check) => explains(mistake, check, sights)) }))
    .filter(({ mistake: { returns }, explained }) => {
      const touched = new Set([...returns.keys()].map((place) => sights.get(place)?.of));
      return failed.every(
        (check) =>
          explained.includes(check) || !check.places.some((place) => touched.has(sights.get(place)?.of)),
      );
    })
    .filter(({ mistake, explained }) => {
      if (explained.some((check) => tells(mistake, check))) return true;
      return explained.length === failed.length && fitsEverywhere(mistake, sights);
    });
  const causes = new Map<string, string>();
  for (const check of failed) {
    const mine = possible.filter(({ explained }) => explained.includes(check));
    const cause =
      onlyCause(mine) ?? onlyCause(mine.filter(({ explained }) => explained.length === failed.length));
    if (cause !== undefined) causes.set(check.id, cause);
  }
  return causes;
}

/** The cause of some mistakes, where it is the same for all. */
function onlyCause(mistakes: readonly { readonly mistake: ReadMistake }[]): string | undefined {
  const causes = new Set(mistakes.map(({ mistake }) => mistake.cause));
  const [cause] = causes;
  return causes.size === 1 ? cause : undefined;
}

function isContradicted(returns: ReadMistake['returns'], sights: ReadonlyMap<string, Sight>): boolean {
  return [...returns].some(([place, wrong]) => {
    const sight = sights.get(place);
    return sight !== undefined && isRight(sight) && !isAs(sight, wrong);
  });
}

function explains(
  { returns }: ReadMistake,
  { places }: FailedCheck,
  sights: ReadonlyMap<string, Sight>,
): boolean {
  return (
    places.some((place) => returns.has(place)) &&
    places.every((place) => {
      const sight = sights.get(place);
      const wrong = returns.get(place);
      return sight !== undefined && (wrong ? isAs(sight, wrong) : isRight(sight));
    })
  );
}

/** Whether a mistake returns something at a check's places that few others would. */
function tells({ returns }: ReadMistake, { places }: FailedCheck): boolean {
  return places.some((place) => {
    const wrong = returns.get(place);
    return wrong !== undefined && isTelling(wrong);
  });
}

/** Whether all that was returned is what the mistake returns, something right that says something among it. */
function fitsEverywhere({ returns }: ReadMistake, sights: ReadonlyMap<string, Sight>): boolean {
  const all = [...sights];
  return (
    all.every(([place, sight]) => {
      const wrong = returns.get(place);
      return wrong ? isAs(sight, wrong) : isRight(sight);
    }) && all.some(([place, { right }]) => !returns.has(place) && isTelling(right))
  );
}
