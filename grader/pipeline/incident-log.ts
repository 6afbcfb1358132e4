import type { LoadedPart } from '../assignment/loaded.ts';
import { casesOf } from '../checks/index.ts';
import type { Incident, IncidentKind } from '../format/incident.ts';

/** More differing incidents of a part are counted with the last. */
const MOST_OF_PART = 50;

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
    else if (this.#found.size < MOST_OF_PART) {
      const checks = place.case !== undefined ? this.#checksOf(place.case) : [];
      this.#found.set(key, { kind, what, part: this.#part.id, ...place, checks, count: 1 });
    } else this.#countMore(kind);
  }

  get incidents(): readonly Incident[] {
    return [...this.#found.values()];
  }

  #checksOf(caseId: string): string[] {
    return this.#part.checks
      .filter(({ check }) => casesOf(check).includes(caseId))
      .map(({ check }) => check.id);
  }

  #countMore(kind: IncidentKind): void {
    const known = this.#found.get('more');
    const { count } = known ?? { count: 0 };
    this.#found.set('more', { kind, what: 'and more', part: this.#part.id, checks: [], count: count + 1 });
  }
}
