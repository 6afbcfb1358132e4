import type { Addon } from '../addon.ts';
import type { Syscall } from './syscalls.ts';

export type AddonKind = Addon['kind'];

/** Stands for the process id of the process itself, which the launcher fills in. No process id is as large. */
export const OWN_PID = 0x70696421;

const ERRNO = { EPERM: 1, ENOENT: 2, EACCES: 13, EINVAL: 22, ENOTTY: 25, ENOSYS: 38 } as const;
export type Errno = keyof typeof ERRNO;
export const errnoValue = (name: Errno): number => ERRNO[name];

/** A system call that is allowed depending on one of its arguments (the low 32 bits of it). */
export interface Condition {
  readonly argument: number;
  readonly test:
    | { readonly oneOf: readonly number[] }
    | { readonly noneOf: readonly number[] }
    | { readonly has: number }
    | { readonly lacks: number };
  /** The error it gives otherwise. */
  readonly otherwise: Errno;
}

export type Rule = readonly [Syscall] | readonly [Syscall, Condition];

/** Opening a file in any way that could write, truncate or create it. */
const WRITING = 0x3 | 0x40 | 0x200 | 0x40_0000;
const CLONE_THREAD = 0x1_0000;
/** F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ; not F_SETOWN, which sends signals. */
const HARMLESS_FCNTL = [0, 1, 2, 3, 4, 1030, 1032];
/** TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX. */
const HARMLESS_IOCTL = [0x5401, 0x5413, 0x541b, 0x5421, 0x5450, 0x5451];
/** PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_CAPBSET_READ, PR_GET_NO_NEW_PRIVS, PR_SET_VMA. */
const HARMLESS_PRCTL = [3, 15, 16, 23, 39, 0x5356_4d41];

const UNCONDITIONAL: readonly Syscall[] = [
  ...([
    'read',
    'readv',
    'pread64',
    'write',
    'writev',
    'close',
    'close_range',
    'dup',
    'dup2',
    'dup3',
  ] as const),
  ...(['lseek', 'fstat', 'stat', 'lstat', 'newfstatat', 'statx', 'statfs', 'fstatfs', 'access'] as const),
  ...(['faccessat', 'faccessat2', 'readlink', 'readlinkat', 'getdents64', 'getcwd', 'umask'] as const),
  ...(['fadvise64', 'getsockopt', 'getsockname', 'getpeername', 'shutdown', 'pipe', 'pipe2'] as const),
  ...(['eventfd2', 'poll', 'ppoll', 'select', 'pselect6', 'epoll_create1', 'epoll_ctl'] as const),
  ...(['epoll_wait', 'epoll_pwait', 'epoll_pwait2', 'mmap', 'munmap', 'mprotect', 'mremap'] as const),
  ...(['madvise', 'brk', 'mincore', 'msync', 'membarrier', 'pkey_alloc', 'pkey_free'] as const),
  ...(['pkey_mprotect', 'futex', 'set_robust_list', 'get_robust_list', 'rseq', 'set_tid_address'] as const),
  ...(['sched_yield', 'sched_getaffinity', 'sched_getparam', 'sched_getscheduler'] as const),
  ...(['sched_get_priority_max', 'sched_get_priority_min', 'getpriority', 'arch_prctl'] as const),
  ...(['execve', 'exit', 'exit_group', 'wait4', 'waitid', 'getpid', 'gettid', 'getppid'] as const),
  ...(['getuid', 'geteuid', 'getgid', 'getegid', 'getgroups', 'getresuid', 'getresgid'] as const),
  ...(['getpgid', 'getpgrp', 'getsid', 'capget', 'getrlimit', 'getrusage', 'rt_sigaction'] as const),
  ...(['rt_sigprocmask', 'rt_sigreturn', 'rt_sigsuspend', 'rt_sigpending', 'rt_sigtimedwait'] as const),
  ...(['sigaltstack', 'restart_syscall', 'clock_gettime', 'clock_getres', 'clock_nanosleep'] as const),
  ...(['nanosleep', 'gettimeofday', 'time', 'times', 'getitimer', 'setitimer', 'sysinfo'] as const),
  ...(['uname', 'getcpu', 'getrandom'] as const),
];

const CONDITIONAL: readonly Rule[] = [
  ['open', { argument: 1, test: { lacks: WRITING }, otherwise: 'EACCES' }],
  ['openat', { argument: 2, test: { lacks: WRITING }, otherwise: 'EACCES' }],
  ['clone', { argument: 0, test: { has: CLONE_THREAD }, otherwise: 'EPERM' }],
  ['kill', { argument: 0, test: { oneOf: [OWN_PID] }, otherwise: 'EPERM' }],
  ['tgkill', { argument: 0, test: { oneOf: [OWN_PID] }, otherwise: 'EPERM' }],
  ['prlimit64', { argument: 0, test: { oneOf: [0, OWN_PID] }, otherwise: 'EPERM' }],
  ['fcntl', { argument: 1, test: { oneOf: HARMLESS_FCNTL }, otherwise: 'EPERM' }],
  ['ioctl', { argument: 1, test: { oneOf: HARMLESS_IOCTL }, otherwise: 'ENOTTY' }],
  ['prctl', { argument: 0, test: { oneOf: HARMLESS_PRCTL }, otherwise: 'EINVAL' }],
];

const always = (calls: readonly Syscall[]): Rule[] => calls.map((call) => [call]);

/** TIOCSTI, FIOSETOWN, SIOCSPGRP, FIOASYNC: typing into a terminal, and signals to whoever a pipe or socket names. */
const HARMFUL_IOCTL = [0x5412, 0x8901, 0x8902, 0x5452];

/** What an addon that drives devices wants on top: they are opened for writing and driven by `ioctl`. */
const DEVICES: readonly Rule[] = [
  ...always(['open', 'openat', 'memfd_create', 'mlock', 'munlock', 'mbind']),
  ...always(['get_mempolicy', 'set_mempolicy', 'sched_setaffinity']),
  ['ioctl', { argument: 1, test: { noneOf: HARMFUL_IOCTL }, otherwise: 'ENOTTY' }],
];

/** `AF_UNIX`: a socket that reaches no network, nor, as long as `connect` is refused, any other process. */
const AF_UNIX = 1;

/**
 * What CUDA wants of a process before it gives it a device, and is no device without: a socket by which other processes
 * could ask to share memory, of a name that is no file, after it has tried to remove a file of that name.
 */
const CUDA: readonly Rule[] = [
  ['socket', { argument: 0, test: { oneOf: [AF_UNIX] }, otherwise: 'EPERM' }],
  ['bind'],
  ['listen'],
  ['accept4'],
  ['unlink', { argument: 0, test: { oneOf: [] }, otherwise: 'ENOENT' }],
];

/** Drivers put compiled shaders in memory files, which they make as long as they need. */
const SHADERS = always(['memfd_create', 'ftruncate']);

function wantedBy(addon: AddonKind | undefined, devices: boolean): readonly Rule[] {
  switch (addon) {
    case undefined:
      return [];
    case 'tensorflow':
      return DEVICES;
    case 'cuda':
      return [...DEVICES, ...CUDA];
    case 'graphics':
      return devices ? [...DEVICES, ...SHADERS] : SHADERS;
  }
}

/**
 * The system calls of a child that computes: it reads files, maps memory, starts threads, uses the pipes it was
 * given and may replace itself (that is how the launcher starts it). Whatever is not listed is refused, so there
 * are no sockets, no further processes, no signals to others, no writable or new file, no ptrace, io_uring,
 * namespaces, keys, shared memory objects, mounts or changes of another process's limits. What addons want on top stands
 * with them.
 * @param addon that the process loads
 * @param devices whether there is one for it to drive
 */
export function policy(addon?: AddonKind, devices = false): readonly Rule[] {
  const wanted = wantedBy(addon, devices);
  const ruled = new Set(wanted.map(([call]) => call));
  return [...always(UNCONDITIONAL), ...wanted, ...CONDITIONAL.filter(([call]) => !ruled.has(call))];
}
