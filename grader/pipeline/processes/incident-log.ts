import type { LoadedPart } from '../../assignment/loaded.ts';
import { casesOf } from '../../checks/index.ts';
import { isToldFromInside, type Incident, type IncidentKind } from '../../format/incident.ts';

/** More differing incidents of a part are counted with the last. */
const MOST_OF_PART = 50;
/** The key of what is only counted. */
const MORE = 'more';

/** Gathers what happens while a part's calls are made, each with its case and the checks that look at it. */
export class IncidentLog {
  readonly #part: LoadedPart;
  readonly #found = new Map<string, Incident>();
  /** The case whose calls are being made. */
  case: string | undefined;

  constructor(part: LoadedPart) {
    this.#part = part;
  }

  /** @param call undefined while the code is loaded */
  note({ kind, what }: Pick<Incident, 'kind' | 'what'>, call: string | undefined): void {
    const place = call === undefined || this.case === undefined ? {} : { case: this.case, call };
    const key = JSON.stringify([kind, what, place]);
    const known = this.#found.get(key);
    if (known) this.#found.set(key, { ...known, count: known.count + 1 });
    else if (this.#hasRoomFor(kind)) {
      const checks = place.case !== undefined ? this.#checksOf(place.case) : [];
      this.#found.set(key, { kind, what, part: this.#part.id, ...place, checks, count: 1 });
    } else this.#countMore(kind);
  }

  get incidents(): readonly Incident[] {
    return [...this.#found.values()];
  }

  /** What is told from inside may be forged in any number: what is seen from outside takes its place. */
  #hasRoomFor(kind: IncidentKind): boolean {
    if (this.#found.size < MOST_OF_PART) return true;
    if (isToldFromInside(kind)) return false;
    const told = [...this.#found].findLast(([key, one]) => key !== MORE && isToldFromInside(one.kind));
    if (!told) return false;
    const [key, { kind: other, count }] = told;
    this.#found.delete(key);
    this.#countMore(other, count);
    return true;
  }

  #checksOf(caseId: string): string[] {
    return this.#part.checks
      .filter(({ check }) => casesOf(check).includes(caseId))
      .map(({ check }) => check.id);
  }

  #countMore(kind: IncidentKind, times = 1): void {
    const { count } = this.#found.get(MORE) ?? { count: 0 };
    this.#found.set(MORE, { kind, what: 'and more', part: this.#part.id, checks: [], count: count + times });
  }
}
