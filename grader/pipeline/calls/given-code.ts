import type { Assignment } from '../../assignment/loaded.ts';
import type { Bundle, Bundler } from '../../compile/bundle.ts';
import { GraderError } from '../../format/errors.ts';
import { phase } from '../../format/phase.ts';
import { BundleProcess, GIVEN_CODE, type BundleProcessOptions } from '../processes/bundle-process.ts';
import { modulesOfCases } from './execute.ts';

/** What answers the derived calls of one submission. */
export interface GivenCaller extends Pick<BundleProcess, 'call' | 'makeRoom' | 'resetBudgets'> {
  /** To be called when the submission is done. */
  rest(): Promise<void>;
}

/** The process that runs given code of the pristine template on what a submission returned. */
export async function startGiven(setup: {
  assignment: Assignment;
  pristine: string;
  bundler: Bundler;
  processOptions: Omit<BundleProcessOptions, 'name' | 'bundle'>;
}): Promise<BundleProcess> {
  return new BundleProcess({ ...setup.processOptions, name: GIVEN_CODE, bundle: await bundleGiven(setup) });
}

/** All given code that derived calls of the assignment name. @throws GraderError when the template does not compile */
export async function bundleGiven(setup: {
  assignment: Assignment;
  pristine: string;
  bundler: Bundler;
}): Promise<Bundle> {
  const cases = setup.assignment.parts.flatMap((part) => [...part.cases.values()]);
  const modules = modulesOfCases(cases, ({ derived }) => derived);
  const bundle =
    modules.length === 0
      ? { ok: true as const, code: Buffer.from('export const modules = {};') }
      : await phase('bundle', 'given code', () => setup.bundler.bundle({ staged: setup.pristine, modules }));
  if (!bundle.ok) throw new GraderError(`the template does not compile: ${JSON.stringify(bundle.problems)}`);
  return bundle;
}
