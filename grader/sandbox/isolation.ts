/**
 * What holds untrusted code in, from weakest to strongest: only Node.js's own flags; a user id of its own; a filter
 * of system calls (and Landlock) under the grader's own user id; both; namespaces of its own on top.
 */
export type IsolationLevel = 'process' | 'own-uid' | 'filtered' | 'own-uid-filtered' | 'namespaces';

/** What untrusted code might try; each is a real attempt of the canary. */
export const THREATS = {
  'hidden-files': 'read the files that the grader hides',
  'other-files': 'read other files that every user may read',
  results: 'write to the results',
  writing: 'leave files behind',
  network: 'reach the network',
  signals: 'send signals to the grader',
  'grader-memory': "read the grader's memory or environment",
  'process-list': 'see other processes',
  processes: 'start processes',
  daemon: 'outlive its run',
  environment: 'find anything in its environment',
  privileges: 'gain privileges',
  memory: 'use more memory than it may',
  'processor-time': 'use more processor time than it may',
  threads: 'start more threads than it may',
} as const;

export type Threat = keyof typeof THREATS;

/** Without these untrusted code must not run beside private fixtures. */
export const REQUIRED: readonly Threat[] = [
  'hidden-files',
  'results',
  'network',
  'signals',
  'grader-memory',
  'daemon',
  'privileges',
];

/** What belongs to this run and must stay out of reach. */
export interface HostSecrets {
  /** Files or directories that a child must not be able to read, absolute. */
  readonly hidden?: readonly string[];
  /** Directories that a child must not be able to write to, absolute. */
  readonly results?: readonly string[];
}

/** What the isolation of a run is worth, by trying. */
export interface IsolationReport {
  readonly level: IsolationLevel;
  /** What does the work, in a few words each, such as `landlock 7`. */
  readonly layers: readonly string[];
  /** False under `practice`: nothing was tried, and nothing is promised. */
  readonly tested: boolean;
  readonly held: readonly Threat[];
  /** What the canary managed to do, with how. */
  readonly open: Readonly<Partial<Record<Threat, string>>>;
}
