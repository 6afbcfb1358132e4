/** Who handed something in, as far as the source says. */
export interface Person {
  readonly name: string;
  /** The number that the school knows them by; may be empty. */
  readonly sid: string;
  readonly email: string;
}

/** One submission of a class. */
export interface Submitted {
  /** Names it among the others, and its folder of results: letters and digits of any script, `.`, `_` and `-`. */
  readonly id: string;
  /** A zip or a folder, absolute. */
  readonly path: string;
  /** Nobody where the source does not say. */
  readonly people: readonly Person[];
  /** Set where the source should name somebody, and does not. */
  readonly unnamed?: true;
  /** When it was submitted, ISO 8601, where the source says. */
  readonly at?: string;
}
