import { createHmac } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { AssignmentDefinition, CaseDefinition, PartDefinition } from '../../grader/assignment/define.ts';

/** Where a course's folder keeps the secret: beside what is handed out and uploaded, never inside. */
export const PRIVATE_SEED_FILE = 'private-seed.txt';

/** A case on which the reference loses points, or a trivial answer earns some, with so many draws is wrong, and not unlucky. */
const MOST_DRAWS = 30;

/**
 * What the random inputs of one private case derive from. It is a hash: given code draws by it where submitted code runs,
 * and there it must tell neither the secret nor another case's seed.
 * @param draw counts from 1
 */
export function seedOfCase(
  secret: string,
  of: { readonly part: string; readonly id: string },
  draw = 1,
): string {
  return createHmac('sha256', secret).update(`${of.part}/${of.id}/${draw}`).digest('hex');
}

/** Draws an assignment's private cases by a secret, each by a seed of its own. */
export class PrivateDraws {
  readonly #secret: string;
  readonly #drawnBy: (seed: string) => AssignmentDefinition;
  readonly #draws = new Map<string, number>();

  /** @param drawnBy the assignment, drawn by a seed */
  constructor(secret: string, drawnBy: (seed: string) => AssignmentDefinition) {
    this.#secret = secret;
    this.#drawnBy = drawnBy;
  }

  /** An assignment with its private cases drawn for the first time; the public ones stay as they are. */
  first(assignment: AssignmentDefinition): AssignmentDefinition {
    const draw = (part: PartDefinition): PartDefinition =>
      withDrawn(part, (one) => (one.visibility === 'private' ? this.#next(part.id, one) : one));
    return { ...assignment, parts: assignment.parts.map(draw) };
  }

  /**
   * A part with some of its private cases drawn again, and which. Undefined where none of them draws anything, or one was
   * drawn too often, which stops the others, too.
   */
  again(
    part: PartDefinition,
    ids: ReadonlySet<string>,
  ): { readonly part: PartDefinition; readonly drawn: readonly string[] } | undefined {
    const unlucky = part.cases.filter(({ id, visibility }) => visibility === 'private' && ids.has(id));
    if (unlucky.some(({ id }) => this.#drawsOf(part.id, id) >= MOST_DRAWS)) return undefined;
    const others = new Map(unlucky.map((one) => [one, this.#next(part.id, one)]));
    const drawn = [...others].filter(([one, other]) => !isDeepStrictEqual(one, other)).map(([{ id }]) => id);
    if (drawn.length === 0) return undefined;
    return { part: withDrawn(part, (one) => others.get(one) ?? one), drawn };
  }

  #drawsOf(part: string, id: string): number {
    return this.#draws.get(`${part}/${id}`) ?? 0;
  }

  #next(part: string, { id }: CaseDefinition): CaseDefinition {
    const draw = this.#drawsOf(part, id) + 1;
    this.#draws.set(`${part}/${id}`, draw);
    const { parts } = this.#drawnBy(seedOfCase(this.#secret, { part, id }, draw));
    return parts.find((one) => one.id === part)!.cases.find((one) => one.id === id)!;
  }
}

const withDrawn = (part: PartDefinition, draw: (one: CaseDefinition) => CaseDefinition): PartDefinition => ({
  ...part,
  cases: part.cases.map(draw),
});
