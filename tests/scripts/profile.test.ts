import { execa } from 'execa';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { phase, phases, type Phase } from '../../grader/format/phase.ts';
import { PROGRAM } from './program.ts';
import { canWatch } from '../../scripts/profile/process-watch.ts';
import { traceOf } from '../../scripts/profile/trace.ts';

const folder = mkdtempSync(join(tmpdir(), 'introspection-profile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Trace {
  readonly traceEvents: readonly {
    ph: string;
    name: string;
    pid: number;
    tid: number;
    ts?: number;
    dur?: number;
  }[];
}

describe('a phase', () => {
  it('is told of when its work has ended, also when that fails', async () => {
    const seen: Phase[] = [];
    const listen = (message: unknown): void => void seen.push(message as Phase);
    phases.subscribe(listen);
    try {
      expect(phase('stage', 'a', () => 1)).toBe(1);
      expect(() => phase('review', 'b', (): never => fail())).toThrow('on purpose');
      await expect(phase('calls', 'c', async () => fail())).rejects.toThrow('on purpose');
    } finally {
      phases.unsubscribe(listen);
    }
    expect(seen.map(({ name, what }) => `${name} ${what}`)).toEqual(['stage a', 'review b', 'calls c']);
    expect(seen.every(({ start, end }) => end >= start)).toBe(true);
    phase('stage', 'd', () => 1);
    expect(seen).toHaveLength(3);
  });
});

function fail(): never {
  throw new Error('on purpose');
}

describe('a trace', () => {
  it('has what runs at the same time in rows of its own', () => {
    const one = { name: 'calls', what: 'x', start: 1000, end: 1010 } as const;
    const other = { name: 'type check', what: '', start: 1005, end: 1020 } as const;
    const later = { name: 'judging', what: 'x', start: 1010, end: 1011 } as const;
    const text = traceOf({ origin: 1000, phases: [other, one, later], processes: [] });
    const rows = (JSON.parse(text) as Trace).traceEvents.filter(({ ph }) => ph === 'X');
    expect(rows.map(({ name, tid, ts, dur }) => [name, tid, ts, dur])).toEqual([
      ['calls: x', 1, 0, 10_000],
      ['type check', 2, 5000, 15_000],
      ['judging: x', 1, 10_000, 1000],
    ]);
  });
});

it.runIf(canWatch())(
  'profile tells the phases and processes of a grading, and writes its trace',
  async () => {
    const out = join(folder, 'profile.json');
    const program = [...PROGRAM, 'profile'];
    const { stdout } = await execa('node', [...program, '--part', 'tv-loss', '--out', out]);
    for (const name of [
      'start',
      'ingest',
      'proof of isolation',
      'spawn',
      'calls',
      'judging',
      'engine',
      'child',
    ])
      expect(stdout).toMatch(new RegExp(`│ ${name} +│ +\\d+ │ +\\d+\\.\\d\\d │ +\\d+% │`));
    expect(stdout).toMatch(/score 6 of 6/);
    const { traceEvents } = JSON.parse(readFileSync(out, 'utf8')) as Trace;
    const names = new Set(traceEvents.map(({ name }) => name.split(':')[0]));
    expect([...names]).toEqual(expect.arrayContaining(['start', 'calls', 'engine', 'child']));
  },
);
