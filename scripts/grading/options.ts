import type { Isolation } from '../../grader/sandbox/launch.ts';

/** How submitted code is kept in. A list of its own, so that help loads no sandbox. */
export const ISOLATIONS: Readonly<Record<Isolation, string>> = {
  auto: 'as well as this host can',
  strict: 'the same, or not graded at all where that is too little',
  practice: 'not at all, public half only',
};

export const FORMATS = ['terminal', 'json', 'gradescope'] as const;

/** What `grade` is told on the command line; what is left out has a default of the command or of the engine. */
export interface GradeCommandOptions {
  readonly course?: string;
  readonly assignment?: readonly string[];
  readonly template?: string;
  readonly example?: string;
  readonly part?: readonly string[];
  readonly backend: string;
  readonly threads?: number | 'auto';
  readonly jobs?: number;
  readonly timeFactor?: number;
  /** Seconds after which the run ends with what was graded. */
  readonly deadline: number;
  readonly isolation: Isolation;
  readonly out?: string;
  readonly results?: string;
  readonly format: (typeof FORMATS)[number];
}
