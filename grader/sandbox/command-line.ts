import { isAbsolute } from 'node:path';
import { GraderError } from '../format/errors.ts';
import { bubblewrapCommand } from './bubblewrap.ts';
import { filterFor } from './filter/program.ts';
import { landlockSteps } from './landlock.ts';
import type { Layers } from './layers.ts';
import { FEW_THREADS, LITTLE_INLINING, nodeFlags } from './node-flags.ts';
import type { LaunchOptions, Limits } from './sandbox.ts';

/** Numbers of resources in `setrlimit`. */
const RESOURCE = {
  cpu: 0,
  fsize: 1,
  data: 2,
  core: 4,
  nproc: 6,
  nofile: 7,
  msgqueue: 12,
  nice: 13,
  rtprio: 14,
};
const OPEN_FILES = 1024;
/** The watchdog is to notice first, since it can say why. */
const CPU_GRACE_SECONDS = 2;

/** A child's command line through all layers, outermost first. */
export function commandLine(options: LaunchOptions, layers: Layers, uid: number | undefined): string[] {
  for (const path of [
    options.command[0],
    options.cwd,
    ...options.readable,
    ...(options.addon?.libraries ?? []),
  ]) {
    if (!isAbsolute(path)) throw new GraderError(`the sandbox takes absolute paths only, not ${path}`);
  }
  const flags = [
    ...(layers.permissionFlags ? nodeFlags(options) : ['--no-warnings']),
    ...(layers.fewProcesses ? FEW_THREADS : []),
    ...LITTLE_INLINING,
  ];
  const inner =
    options.kind === 'node' ? [process.execPath, ...flags, ...options.command] : [...options.command];
  return [...outer(options, layers, inner[0]), ...identity(options, layers, uid, inner[0]), ...inner];
}

function outer(options: LaunchOptions, layers: Layers, program: string): string[] {
  if (layers.bubblewrap) {
    return bubblewrapCommand({
      program: layers.bubblewrap,
      readable: options.readable,
      files: [
        program,
        ...(layers.launcher?.command ?? [layers.utilLinux?.prlimit, layers.utilLinux?.setpriv]),
      ].filter((path) => path !== undefined),
      cwd: options.cwd,
      addon: options.addon,
    });
  }
  return layers.utilLinux?.unshare ? [layers.utilLinux.unshare, '--net', '--'] : [];
}

function identity(
  options: LaunchOptions,
  layers: Layers,
  uid: number | undefined,
  program: string,
): string[] {
  if (layers.launcher) {
    const { filter, landlock } = layers;
    const { addon, readable } = options;
    return [
      ...layers.launcher.command,
      ...(uid === undefined ? [] : ['uid', String(uid)]),
      ...limitSteps(options.limits, uid !== undefined),
      ...(landlock ? landlockSteps({ version: landlock, program, readable, addon }) : []),
      ...(filter ? ['filter', filterFor(addon?.kind)] : []),
      '--',
    ];
  }
  if (!layers.utilLinux) return [];
  const { prlimit, setpriv } = layers.utilLinux;
  const who =
    uid === undefined ? [] : [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--bounding-set=-all'];
  return [
    prlimit,
    ...limitFlags(options.limits, uid !== undefined),
    setpriv,
    ...who,
    '--inh-caps=-all',
    '--no-new-privs',
    '--',
  ];
}

function limitSteps(limits: Limits, ownUid: boolean): string[] {
  const values: [number, number][] = [
    [RESOURCE.core, 0],
    [RESOURCE.data, limits.dataBytes],
    [RESOURCE.cpu, limits.cpuSeconds + CPU_GRACE_SECONDS],
    [RESOURCE.fsize, limits.fileBytes],
    [RESOURCE.nofile, OPEN_FILES],
    [RESOURCE.msgqueue, 0],
    [RESOURCE.nice, 0],
    [RESOURCE.rtprio, 0],
  ];
  // The kernel counts per user id: under the grader's own, its other processes would count, too.
  if (ownUid) values.push([RESOURCE.nproc, limits.processes]);
  return values.flatMap(([resource, value]) => ['limit', String(resource), String(Math.ceil(value))]);
}

function limitFlags(limits: Limits, ownUid: boolean): string[] {
  return [
    '--core=0',
    `--data=${Math.ceil(limits.dataBytes)}`,
    `--cpu=${Math.ceil(limits.cpuSeconds) + CPU_GRACE_SECONDS}`,
    `--fsize=${Math.ceil(limits.fileBytes)}`,
    `--nofile=${OPEN_FILES}`,
    '--msgqueue=0',
    ...(ownUid ? [`--nproc=${limits.processes}`] : []),
  ];
}
