import { THREATS, type IsolationReport, type Threat } from '../isolation.ts';
import type { Sandbox } from '../sandbox.ts';

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
