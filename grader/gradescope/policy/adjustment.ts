/** A change of the score that no check made. */
export interface Adjustment {
  /** Added to the score; negative takes off. */
  readonly points: number;
  /** A sentence for the student. */
  readonly why: string;
  /** The same without any score, for as long as the total is not shown; left out where `why` names none. */
  readonly whyWithoutScore?: string;
}
