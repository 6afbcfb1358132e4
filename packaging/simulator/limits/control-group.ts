import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Allowance, Limiter, Usage } from './limiter.ts';

const PERIOD_US = 100_000;
const SAMPLE_MS = 50;

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch {
    return '';
  }
}

/** A line `name number` of a file of such lines. */
function field(path: string, name: string): number {
  const line = read(path)
    .split('\n')
    .find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}

/** One version of the kernel's control groups. */
interface Version {
  readonly name: string;
  /** Folders to make, by controller. */
  readonly folders: (base: string, id: string) => readonly string[];
  readonly visible: (folders: readonly string[]) => readonly string[];
  readonly limit: (folders: readonly string[], allowance: Allowance) => void;
  /** Bytes that are held and cannot be given back. */
  readonly held: (folders: readonly string[]) => number;
  readonly processorSeconds: (folders: readonly string[]) => number;
  readonly outOfMemory: (folders: readonly string[]) => boolean;
}

const version2: Version = {
  name: 'control group (version 2)',
  folders: (base, id) => [join(base, id)],
  visible: ([folder]) => [`.=${folder}`],
  limit([folder], { cpu, memoryBytes }) {
    writeFileSync(join(folder, 'cpu.max'), `${Math.round(cpu * PERIOD_US)} ${PERIOD_US}`);
    writeFileSync(join(folder, 'memory.max'), String(memoryBytes));
    if (existsSync(join(folder, 'memory.swap.max'))) writeFileSync(join(folder, 'memory.swap.max'), '0');
  },
  held: ([folder]) =>
    ['anon', 'shmem', 'kernel'].reduce((sum, name) => sum + field(join(folder, 'memory.stat'), name), 0),
  processorSeconds: ([folder]) => field(join(folder, 'cpu.stat'), 'usage_usec') / 1e6,
  outOfMemory: ([folder]) => field(join(folder, 'memory.events'), 'oom_kill') > 0,
};

const version1: Version = {
  name: 'control groups (version 1)',
  folders: (base, id) => ['cpu', 'memory', 'cpuacct'].map((controller) => join(base, controller, id)),
  visible: ([cpu, memory]) => [`cpu=${cpu}`, `memory=${memory}`],
  limit([cpu, memory], allowance) {
    writeFileSync(join(cpu, 'cpu.cfs_period_us'), String(PERIOD_US));
    writeFileSync(join(cpu, 'cpu.cfs_quota_us'), String(Math.round(allowance.cpu * PERIOD_US)));
    writeFileSync(join(memory, 'memory.limit_in_bytes'), String(allowance.memoryBytes));
    const swap = join(memory, 'memory.memsw.limit_in_bytes');
    if (existsSync(swap)) writeFileSync(swap, String(allowance.memoryBytes));
  },
  held([, memory]) {
    const stat = ['total_rss', 'total_shmem'].reduce(
      (sum, name) => sum + field(join(memory, 'memory.stat'), name),
      0,
    );
    return stat + Number(read(join(memory, 'memory.kmem.usage_in_bytes')));
  },
  processorSeconds: ([, , account]) => Number(read(join(account, 'cpuacct.usage'))) / 1e9,
  outOfMemory: ([, memory]) => field(join(memory, 'memory.oom_control'), 'oom_kill') > 0,
};

function usable(base: string): Version | undefined {
  const controllers = read(join(base, 'cgroup.subtree_control')).split(' ');
  if (controllers.includes('cpu') && controllers.includes('memory')) return version2;
  return ['cpu', 'memory', 'cpuacct'].every((name) => existsSync(join(base, name, 'cgroup.procs')))
    ? version1
    : undefined;
}

/** Limits by the kernel itself, or nothing where we may not make control groups. */
export function controlGroup(allowance: Allowance, base = '/sys/fs/cgroup'): Limiter | undefined {
  const version = usable(base);
  if (!version) return undefined;
  const folders = version.folders(base, `introspection-simulate-${process.pid}-${Date.now()}`);
  try {
    for (const folder of folders) mkdirSync(folder);
    version.limit(folders, allowance);
  } catch {
    removeGroups(folders);
    return undefined;
  }
  let peakBytes = 0;
  const sample = (): void => {
    peakBytes = Math.max(peakBytes, version.held(folders));
  };
  const timer = setInterval(sample, SAMPLE_MS);
  let usage: Usage | undefined;
  return {
    kind: version.name,
    join: folders.map((folder) => `echo $$ > '${join(folder, 'cgroup.procs')}'`).join(' && '),
    visible: version.visible(folders),
    watch: sample,
    stop() {
      clearInterval(timer);
      usage ??= {
        peakBytes,
        processorSeconds: version.processorSeconds(folders),
        outOfMemory: version.outOfMemory(folders),
      };
      removeGroups(folders);
      return usage;
    },
  };
}

const REMOVAL_TRIES = 50;
const REMOVAL_PAUSE_MS = 20;

/** A group can be removed once the last process in it is gone, which takes a moment after its end. */
function removeGroups(folders: readonly string[]): void {
  for (const folder of folders.filter((one) => existsSync(one))) {
    for (let tries = 0; tries < REMOVAL_TRIES; tries++) {
      try {
        rmdirSync(folder);
        break;
      } catch {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, REMOVAL_PAUSE_MS);
      }
    }
  }
}
