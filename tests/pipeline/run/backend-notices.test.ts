import { expect, it } from 'vitest';
import { aboutBackend } from '../../../grader/pipeline/run/notices.ts';
import { reportOfRun } from '../../../grader/pipeline/run/report-of-run.ts';
import { freshRun } from '../../../grader/pipeline/run/run-facts.ts';

it('tells everybody which backend did not compute, and staff alone why', () => {
  const note = 'Computed on wasm, not on webgpu.';
  const why = 'The backend webgpu cannot be used: /opt/grader/.backends lacks it; try --jobs 1';
  const assignment = { id: 'a', title: 'A', seed: '', policy: {}, parts: [] };
  const facts = { ...freshRun(assignment as never, 'ana'), backendNotes: [{ note, why }] };
  expect(aboutBackend(facts)).toEqual([{ severity: 'info', text: note }]);
  const { environment, ...shown } = reportOfRun(facts);
  expect(environment.backendReasons).toEqual([why]);
  expect(JSON.stringify(shown)).not.toContain('/opt');
});
