import type { IsolationLevel, Sandbox } from '../sandbox.ts';

/** What a stranger's code might try; each is a real attempt of the canary. */
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

/** Without these a stranger's code must not run beside private fixtures. */
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

export function layerNames({ layers }: Sandbox): string[] {
  return [
    ...(layers.ownUid ? ['own user id'] : []),
    ...(layers.launcher ? [`${layers.launcher.kind} launcher`] : []),
    ...(layers.utilLinux ? ['util-linux'] : []),
    ...(layers.utilLinux?.unshare ? ['empty network'] : []),
    ...(layers.filter ? ['system call filter'] : []),
    ...(layers.landlock ? [`landlock ${layers.landlock}`] : []),
    ...(layers.bubblewrap ? ['bubblewrap'] : []),
    ...(layers.permissionFlags ? ['permission flags of Node.js'] : []),
    ...(process.platform === 'linux' ? ['watchdog'] : []),
  ];
}

/** One line for the staff: the level, what makes it up, and what the canary could do in spite of it. */
export function describeIsolation({ level, layers, tested, held, open }: IsolationReport): string {
  const could = Object.entries(open).map(([threat, how]) => `${THREATS[threat as Threat]} (${how})`);
  const outcome = tested
    ? `${held.length} kinds of attempts held${could.length > 0 ? `; not held: ${could.join('; ')}` : ''}`
    : 'not a boundary, not tested';
  return `${level} (${layers.join(', ')}): ${outcome}`;
}

/** The report of a sandbox that promises nothing. */
export function untested(sandbox: Sandbox): IsolationReport {
  return { level: sandbox.level, layers: layerNames(sandbox), tested: false, held: [], open: {} };
}
