import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LoadedPart } from '../../../grader/assignment/loaded.ts';
import type { Incident } from '../../../grader/format/incident.ts';
import { toGradescope } from '../../../grader/gradescope/results.ts';
import { IncidentLog } from '../../../grader/pipeline/processes/incident-log.ts';
import type { GradeReport } from '../../../grader/report/grade-report.ts';
import { toHtml } from '../../../grader/report/html.ts';
import { toJson } from '../../../grader/report/json.ts';
import { toTerminal } from '../../../grader/report/terminal.ts';
import { FIXTURES } from '../../../repository.ts';
import { gradeOverlay } from '../../corpus/graded.ts';
import { sampleReport } from '../../gradescope/sample-report.ts';

const PART = 'content-loss';
const FILE = 'style-modules/content-loss.ts';

const attack = (name: string): Promise<GradeReport> =>
  gradeOverlay({ overlays: [join(FIXTURES, 'hostile', name, 'files')], parts: [PART] });

const code = (body: string): Promise<GradeReport> =>
  gradeOverlay({
    parts: [PART],
    arrange: (folder) =>
      writeFileSync(
        join(folder, FILE),
        `import * as tf from '@tensorflow/tfjs';
let calls = 0;
export function contentLoss(weight: number, current: tf.Tensor4D, original: tf.Tensor4D): any {
  ${body}
  return tf.mul(weight, tf.sum(tf.square(tf.sub(current, original))));
}
`,
      ),
  });

/** All that a student may come to see. */
function shown(report: GradeReport): string {
  const results = toGradescope(report);
  const tests = results.tests?.map((test) => ({ ...test, extra_data: undefined }));
  return [JSON.stringify({ ...results, extra_data: undefined, tests }), toHtml(report)].join('\n');
}

function expectForStaffOnly(report: GradeReport, kind: Incident['kind'], what: string): void {
  const found = report.incidents.find((one) => one.kind === kind && one.what === what);
  expect(found, JSON.stringify(report.incidents)).toBeDefined();
  const total = report.incidents.reduce((sum, { count }) => sum + count, 0);
  expect(toGradescope(report).extra_data?.incidents).toMatchObject({ count: total });
  expect(JSON.parse(toJson(report))).toMatchObject({ incidents: report.incidents });
  expect(toTerminal(report, { colour: false })).toMatch(
    new RegExp(`\\n${total} ${total === 1 ? 'incident' : 'incidents'}, see report.json$`),
  );
  expect(shown(report)).not.toMatch(/incident|getBuiltinModule|ERR_ACCESS_DENIED/i);
}

describe('what right code never brings about is told to staff alone', { timeout: 120_000 }, () => {
  it('a forged answer, with the call and the checks that look at it', async () => {
    const report = await attack('05-forged-verdict');
    expectForStaffOnly(report, 'protocol', 'an answer of no known form');
    expect(report.incidents).toContainEqual({
      kind: 'protocol',
      what: 'an answer of no known form',
      part: PART,
      case: 'by-hand',
      call: 'loss',
      checks: ['by-hand'],
      count: 1,
    });
  });

  it('an exit while it is loaded, which belongs to no call', async () => {
    const report = await attack('01-exit-on-import');
    expectForStaffOnly(report, 'ended', 'exit code 0');
    expect(report.incidents[0]).not.toHaveProperty('call');
  });

  it('tries that were refused, although every check passes', async () => {
    const report = await attack('21-reads-hidden-files');
    expect(
      report.parts[0].checks.filter(({ points, outcome }) => points > 0.5 && outcome !== 'passed'),
    ).toEqual([]);
    expectForStaffOnly(report, 'reach', 'process.getBuiltinModule:fs');
    const what = report.incidents.filter(({ kind }) => kind === 'refused').map((one) => one.what);
    expect(what.join()).toMatch(/fs\.readFileSync (EACCES|EPERM|ERR_ACCESS_DENIED)/);
  });

  it('an answer over its budget', async () => {
    const report = await attack('52-overlapping-tensors');
    expectForStaffOnly(report, 'over-budget', 'returned 32 MiB where 4 bytes were expected');
  });

  it('a process that a signal ended, and a signal that was refused', async () => {
    const report = await code(
      `const { process } = globalThis as any;
  calls++;
  if (calls === 2) try { process.kill(process.ppid, 'SIGCONT'); } catch {}
  if (calls === 3) process.abort();`,
    );
    const found = report.incidents.map(({ kind, what, call }) => `${kind} ${what} ${call}`);
    expect(found).toContainEqual(expect.stringMatching(/^killed SIG[A-Z]+ loss$/));
    expect(found).toContainEqual('refused process.kill EPERM gradient');
    expect(shown(report)).not.toMatch(/incident|EPERM/i);
  });

  it('an answer too many to the last call, which nothing comes after', async () => {
    const report = await code(
      `const { process, Buffer } = globalThis as any;
  if (++calls === 14) {
    const json = Buffer.from('{"type":"returned","id":15,"value":{"number":1}}');
    const head = Buffer.alloc(8);
    head.writeUInt32LE(4 + json.length, 0);
    head.writeUInt32LE(json.length, 4);
    process.getBuiltinModule('node:fs').writeSync(3, Buffer.concat([head, json]));
  }`,
    );
    const found = report.incidents.filter(({ kind }) => kind === 'protocol').map(({ what }) => what);
    expect(found, JSON.stringify(report.incidents)).toHaveLength(1);
    // The runner's own answer comes before or after the question whether it has nothing to do.
    expect(found[0]).toMatch(/^an answer (that nothing asked for|to something that was not asked)$/);
  });

  it('and nothing of an honest submission', async () => {
    const report = await gradeOverlay({ parts: [PART, 'saliency-map', 'clever-hans'] });
    expect(report.incidents).toEqual([]);
    expect(toGradescope(report).extra_data).not.toHaveProperty('incidents');
    expect(toTerminal(report, { colour: false })).not.toMatch(/incident/);
  });
});

describe('the log of a part', () => {
  it('counts what is alike and stays small', () => {
    const log = new IncidentLog({ id: PART, checks: [] } as unknown as LoadedPart);
    log.case = 'one';
    for (let i = 0; i < 1000; i++) log.note({ kind: 'protocol', what: 'again' }, 'call');
    for (let i = 0; i < 1000; i++) log.note({ kind: 'over-budget', what: `${i}` }, 'call');
    expect(log.incidents[0]).toMatchObject({ what: 'again', count: 1000 });
    expect(log.incidents.length).toBeLessThanOrEqual(51);
    expect(log.incidents.reduce((sum, { count }) => sum + count, 0)).toBe(2000);
  });

  it('loses nothing that is seen from outside to a flood of what is told from inside', () => {
    const log = new IncidentLog({ id: PART, checks: [] } as unknown as LoadedPart);
    for (let i = 0; i < 1000; i++) log.note({ kind: 'reach', what: `process.binding:${i}` }, 'call');
    log.note({ kind: 'killed', what: 'SIGSYS' }, 'call');
    expect(log.incidents).toContainEqual(
      expect.objectContaining({ kind: 'killed', what: 'SIGSYS', count: 1 }),
    );
    expect(log.incidents.length).toBeLessThanOrEqual(51);
    expect(log.incidents.reduce((sum, { count }) => sum + count, 0)).toBe(1001);
    const report = sampleReport([], { incidents: log.incidents });
    expect(toGradescope(report).extra_data).toMatchObject({
      incidents: {
        count: 1001,
        first: expect.arrayContaining([expect.objectContaining({ kind: 'killed' })]),
      },
    });
  });
});
