import { callExport, type Modules } from '../child/call.ts';
import { describeError } from '../child/describe-error.ts';
import { KernelWatch } from '../child/kernel-watch.ts';
import type { LoadedPart } from '../assignment/loaded.ts';
import type { Call } from '../format/call-plan.ts';
import type { ResolvedArgument } from '../format/messages.ts';
import type { CallOutcome, CaseOutcomes } from '../format/outcome.ts';
import type { TensorData } from '../format/tensor-data.ts';
import { partEvidence } from '../pipeline/judging/evidence-of-part.ts';
import { executeCase, modulesOfCases } from '../pipeline/calls/execute.ts';
import { explainThrown } from '../pipeline/processes/explain.ts';
import { judgePart } from '../pipeline/judging/judge-part.ts';
import type { SourceReview } from '../pipeline/intake/review-sources.ts';
import { TemplateWeights } from '../pipeline/calls/template-weights.ts';
import type { CheckResult } from '../report/grade-report.ts';

/** Answers calls in this process: what a breakpoint needs, and the opposite of what grading does. */
class InProcess {
  readonly #modules: Modules;
  readonly #watch = new KernelWatch();
  readonly #folder: string;

  constructor(modules: Modules, folder: string) {
    this.#modules = modules;
    this.#folder = folder;
  }

  async call(
    call: Call,
    args: readonly ResolvedArgument[],
    tensors: Record<string, TensorData>,
  ): Promise<CallOutcome> {
    const begin = performance.now();
    try {
      const { reply, tensors: returned = {} } = await callExport(
        {
          type: 'call',
          id: 0,
          module: call.module,
          export: call.export,
          args,
          ...(call.gradient ? { gradient: call.gradient } : {}),
          observe: call.observe ?? false,
        },
        { tensors: copiesOf(tensors), modules: this.#modules, watch: this.#watch },
      );
      if (reply.type !== 'returned') throw new Error(`an answer of type ${reply.type}`);
      const { value, gradient, observed } = reply;
      return {
        kind: 'returned',
        value,
        tensors: returned,
        ...(gradient === undefined ? {} : { gradient }),
        ...(observed ? { observed } : {}),
        seconds: (performance.now() - begin) / 1000,
      };
    } catch (error) {
      const stack = error instanceof Error ? (error.stack ?? '') : '';
      const thrown = { ...describeError(error, { bundle: this.#folder }), stack };
      return explainThrown(call, thrown, { locate: (text) => this.#locate(text) });
    }
  }

  /** The topmost frame in a file of the student's folder. */
  #locate(stack: string): { file: string; line: number } | undefined {
    for (const frame of stack.split('\n')) {
      const place = /:(\d+):\d+\)?$/.exec(frame);
      if (!place) continue;
      const address = frame.slice(0, place.index).replaceAll('\\', '/');
      const file = Object.keys(this.#modules).find((path) => endsWithPath(address, path));
      if (file) return { file, line: Number(place[1]) };
    }
    return undefined;
  }
}

/** Some backends compute on the very arrays they are given, and the next call may take the same values. */
function copiesOf(tensors: Record<string, TensorData>): Record<string, TensorData> {
  const entries = Object.entries(tensors).map(([name, one]) => [name, { ...one, data: one.data.slice() }]);
  return Object.fromEntries(entries) as Record<string, TensorData>;
}

/** Whether an address ends with a whole path, not with the end of a longer name. */
function endsWithPath(address: string, path: string): boolean {
  return address.endsWith(path) && !/[\w.-]/.test(address.charAt(address.length - path.length - 1));
}

/** Executes and judges a part by calls within this process. */
export async function checkInProcess(options: {
  readonly part: LoadedPart;
  readonly folder: string;
  readonly template: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly review: SourceReview;
  /** Imports a module of the folder by its path. */
  readonly load: (path: string) => Promise<Record<string, unknown>>;
}): Promise<CheckResult[]> {
  const { part, folder, template, files, review, load } = options;
  const modules: Modules = {};
  const cases = part.cases.values();
  for (const path of modulesOfCases(cases, ({ calls, derived }) => [...calls, ...derived])) {
    modules[path] = await load(path);
  }
  const process = new InProcess(modules, folder);
  const outcomes = new Map<string, CaseOutcomes>();
  const weights = new TemplateWeights(template);
  for (const [id, loadedCase] of part.cases) {
    const means = { submission: process, given: () => process, weights };
    outcomes.set(id, await executeCase({ loadedCase, ...means }));
  }
  const evidence = partEvidence({ part, outcomes, review, files, template });
  return judgePart(part, evidence, (check, message) => {
    throw new Error(`${check}: ${message}`);
  });
}
