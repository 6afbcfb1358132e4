import { InvalidArgumentError } from 'commander';

/** Asks for a private seed that nobody made up. */
export const DRAWN_SEED = 'random';

/** Shorter ones can be found by trying. */
const LEAST_CHARACTERS = 16;

/** What private inputs are drawn by: a text of one's own, or the word for one that is drawn. */
export function privateSeed(text: string): string {
  const seed = text.trim();
  if (seed === DRAWN_SEED) return seed;
  // An option whose value was forgotten takes the next one for it.
  const isOption = seed.startsWith('-');
  if (!isOption && [...seed].length >= LEAST_CHARACTERS && !/\p{Cc}/u.test(seed)) return seed;
  throw new InvalidArgumentError(
    `It must be ${DRAWN_SEED}, or a line of at least ${LEAST_CHARACTERS} characters that begins with no dash.`,
  );
}
