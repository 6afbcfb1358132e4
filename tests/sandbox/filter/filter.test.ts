import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileFilter, toHex } from '../../../grader/sandbox/filter/bpf.ts';
import { OWN_PID, policy } from '../../../grader/sandbox/filter/policy.ts';
import { MACHINES, SYSCALLS, type Syscall } from '../../../grader/sandbox/filter/syscalls.ts';
import { runFilter } from './run-filter.ts';

const ALLOW = 0x7fff_0000;
const KILL = 0x8000_0000;
const errno = (value: number): number => 0x0005_0000 | value;
const EPERM = errno(1);
const EACCES = errno(13);
const ENOSYS = errno(38);
const X64 = MACHINES.x64.audit;

const filter = compileFilter(policy(), MACHINES.x64);
const native = compileFilter(policy('tensorflow', true), MACHINES.x64);
const cuda = compileFilter(policy('cuda', true), MACHINES.x64);
const verdict = (call: Syscall, ...args: number[]): number =>
  runFilter(filter, { number: SYSCALLS[call][0], audit: X64, args });

const asking =
  (program: ReturnType<typeof compileFilter>) =>
  (call: Syscall, ...args: number[]): number =>
    runFilter(program, { number: SYSCALLS[call][0], audit: X64, args });
const askNative = asking(native);
const askCuda = asking(cuda);
const [CONNECT, ACCEPT, SENDTO, SENDMSG, SOCKETPAIR] = [42, 43, 44, 46, 53];

const HEADERS = [
  { column: 0, path: '/usr/include/x86_64-linux-gnu/asm/unistd_64.h' },
  { column: 1, path: '/usr/include/asm-generic/unistd.h' },
] as const;

/** Numbers by name, as the kernel's header says; names of 64-bit variants come with their 32-bit spelling. */
function numbersIn(path: string): Map<string, number> {
  const text = readFileSync(path, 'utf8');
  const aliases: Record<string, string> = { fstatat: 'newfstatat', fadvise64: 'fadvise64' };
  return new Map(
    [...text.matchAll(/^#define __NR(?:3264)?_(\w+)\s+(\d+)/gm)].map(([, name, number]) => [
      aliases[name] ?? name,
      Number(number),
    ]),
  );
}

describe('the table of system calls', () => {
  for (const { column, path } of HEADERS) {
    it.runIf(existsSync(path))(`agrees with the kernel's header ${path}`, () => {
      const numbers = numbersIn(path);
      for (const [name, row] of Object.entries(SYSCALLS)) {
        // arm64 has none of the calls that this header only gives to older programs.
        const number = row[column];
        if (number !== undefined) expect([name, number]).toEqual([name, numbers.get(name)]);
      }
    });
  }

  it('gives each number once per machine', () => {
    for (const column of [0, 1] as const) {
      const numbers = Object.values(SYSCALLS)
        .map((row) => row[column])
        .filter((number) => number !== undefined);
      expect(new Set(numbers).size).toBe(numbers.length);
    }
  });
});

describe('the filter', () => {
  it.each<[Syscall, number[]]>([
    ['read', [0]],
    ['futex', []],
    ['openat', [-100, 0, 0]],
    ['openat', [-100, 0, 0x8_0000]],
    ['clone', [0x3d_0f00]],
    ['kill', [OWN_PID]],
    ['tgkill', [OWN_PID, 17]],
    ['prlimit64', [0, 7]],
    ['fcntl', [3, 2]],
    ['ioctl', [1, 0x5401]],
  ])('lets %s(%j) through', (call, args) => {
    expect(verdict(call, ...args)).toBe(ALLOW);
  });

  it.each<[string, Syscall, number[], number]>([
    ['opening for writing', 'openat', [-100, 0, 1], EACCES],
    ['opening for reading and writing', 'openat', [-100, 0, 2], EACCES],
    ['creating', 'openat', [-100, 0, 0x40], EACCES],
    ['truncating', 'openat', [-100, 0, 0x200], EACCES],
    ['an unnamed temporary file', 'openat', [-100, 0, 0x41_0002], EACCES],
    ['the old open for writing', 'open', [0, 1], EACCES],
    ['a new process', 'clone', [0x120_0011], EPERM],
    ['a new user namespace', 'clone', [0x1000_0000], EPERM],
    ['a signal to another process', 'kill', [1, 9], EPERM],
    ['a signal to every process', 'kill', [-1, 9], EPERM],
    ['a signal to its group', 'kill', [0, 9], EPERM],
    ['a signal to a thread of another process', 'tgkill', [1, 1, 9], EPERM],
    ['limits of another process', 'prlimit64', [1, 0], EPERM],
    ['having signals of a descriptor sent to another', 'fcntl', [0, 8, 1], EPERM],
    ['typing into a terminal', 'ioctl', [0, 0x5412], errno(25)],
    ['turning tracing on', 'prctl', [0x59616d61], errno(22)],
  ])('refuses %s', (_, call, args, expected) => {
    expect(verdict(call, ...args)).toBe(expected);
  });

  it.each([
    ['socket', 41],
    ['socketpair', 53],
    ['connect', 42],
    ['sendmsg', 46],
    ['fork', 57],
    ['vfork', 58],
    ['ptrace', 101],
    ['process_vm_readv', 310],
    ['mount', 165],
    ['unshare', 272],
    ['setns', 308],
    ['keyctl', 250],
    ['bpf', 321],
    ['userfaultfd', 323],
    ['perf_event_open', 298],
    ['memfd_create', 319],
    ['shmget', 29],
    ['mq_open', 240],
    ['mkdir', 83],
    ['unlink', 87],
    ['rename', 82],
    ['chmod', 90],
    ['symlink', 88],
    ['execveat', 322],
    ['setuid', 105],
    ['sched_setaffinity', 203],
    ['personality', 135],
  ])('refuses %s, whatever its arguments', (_, number) => {
    for (const args of [[], [OWN_PID, OWN_PID, OWN_PID]]) {
      expect(runFilter(filter, { number, audit: X64, args })).toBe(EPERM);
    }
  });

  it.each([
    ['io_uring_setup', 425],
    ['clone3', 435],
    ['openat2', 437],
    ['pidfd_getfd', 438],
    ['a call of a kernel to come', 900],
  ])('says that there is no %s, so that programs do without', (_, number) => {
    expect(runFilter(filter, { number, audit: X64 })).toBe(ENOSYS);
  });

  it('ends a process that calls as for another machine, and knows no 32-bit pointers', () => {
    expect(runFilter(filter, { number: 0, audit: 0x4000_0003 })).toBe(KILL);
    expect(runFilter(filter, { number: 0x4000_0000, audit: X64 })).toBe(ENOSYS);
  });

  it('lets native backends drive their devices', () => {
    expect(askNative('openat', -100, 0, 2)).toBe(ALLOW);
    expect(askNative('ioctl', 5, 0xc020462a)).toBe(ALLOW);
    expect(askNative('clone', 17)).toBe(EPERM);
  });

  it('lets no device be used to type into a terminal, or to have signals sent', () => {
    const [TIOCSTI, FIOSETOWN, SIOCSPGRP, FIOASYNC] = [0x5412, 0x8901, 0x8902, 0x5452];
    for (const ask of [askNative, askCuda, asking(compileFilter(policy('graphics', true), MACHINES.x64))])
      for (const request of [TIOCSTI, FIOSETOWN, SIOCSPGRP, FIOASYNC])
        expect(ask('ioctl', 0, request)).toBe(errno(25));
  });

  it('lets CUDA listen where nobody can call, and nothing else of sockets', () => {
    const [AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_VSOCK] = [1, 2, 10, 16, 40];
    expect(askCuda('openat', -100, 0, 2)).toBe(ALLOW);
    expect(askCuda('clone', 17)).toBe(EPERM);
    expect(askCuda('socket', AF_UNIX, 0x8_0005)).toBe(ALLOW);
    for (const family of [AF_INET, AF_INET6, AF_NETLINK, AF_VSOCK])
      expect(askCuda('socket', family)).toBe(EPERM);
    for (const call of ['bind', 'listen', 'accept4'] as const) expect(askCuda(call)).toBe(ALLOW);
    for (const number of [CONNECT, SENDTO, SENDMSG, SOCKETPAIR, ACCEPT])
      expect(runFilter(cuda, { number, audit: X64, args: [] })).toBe(EPERM);
    // The name that it removes is none: it is told so, whatever it names, and removes nothing.
    expect(askCuda('unlink')).toBe(errno(2));
    for (const call of ['socket', 'bind', 'listen', 'accept4', 'unlink'] as const)
      expect(askNative(call, AF_UNIX)).toBe(EPERM);
  });

  it('gives a graphics driver its memory files, and devices only where there are some', () => {
    const asked = (devices: boolean, call: Syscall, ...args: number[]): number =>
      runFilter(compileFilter(policy('graphics', devices), MACHINES.x64), {
        number: SYSCALLS[call][0],
        audit: X64,
        args,
      });
    for (const devices of [true, false]) {
      expect(asked(devices, 'memfd_create')).toBe(ALLOW);
      expect(asked(devices, 'ftruncate')).toBe(ALLOW);
      expect(asked(devices, 'clone', 17)).toBe(EPERM);
    }
    expect(asked(false, 'openat', -100, 0, 2)).toBe(EACCES);
    expect(asked(true, 'openat', -100, 0, 2)).toBe(ALLOW);
    expect(asked(true, 'ioctl', 5, 0xc020462a)).toBe(ALLOW);
    expect(asked(false, 'ioctl', 5, 0xc020462a)).not.toBe(ALLOW);
    expect(verdict('memfd_create')).toBe(EPERM);
    expect(verdict('ftruncate')).toBe(EPERM);
  });

  it('fits the kernel and the launcher, with no jump out of bounds', () => {
    for (const program of [filter, native, cuda, compileFilter(policy(), MACHINES.arm64)]) {
      expect(program.length).toBeLessThan(2048);
      for (const [i, { code, jt, jf }] of program.entries()) {
        if (code !== 0x06) expect(i + 1 + Math.max(jt, jf)).toBeLessThan(program.length);
      }
      expect(toHex(program)).toHaveLength(16 * program.length);
    }
  });

  it('decides on arm64 by that machine’s numbers', () => {
    const arm = compileFilter(policy(), MACHINES.arm64);
    const { audit } = MACHINES.arm64;
    expect(runFilter(arm, { number: 63, audit })).toBe(ALLOW);
    expect(runFilter(arm, { number: 198, audit })).toBe(EPERM);
    expect(runFilter(arm, { number: 56, audit, args: [-100, 0, 1] })).toBe(EACCES);
    expect(runFilter(arm, { number: 220, audit, args: [17] })).toBe(EPERM);
  });
});
