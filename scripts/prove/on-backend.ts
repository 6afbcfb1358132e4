/**
 * Judges the corpus and times the network on a backend, in a process of its own, and prints JSON. Arguments: backend,
 * whether to time (`speed` or `-`), the most solutions of a part, and the parts.
 */
import * as tf from '@tensorflow/tfjs';
import { prepareBackend, type BackendName, type BackendReport } from '../../grader/tensorflow/index.ts';
import { SolutionJudge, solutionsOf, type Verdicts } from './solutions.ts';
import { measureSpeed, type Speed } from './speed.ts';

/** What a backend did. */
export interface OnBackend {
  readonly report: BackendReport;
  /** By the solution's name. */
  readonly verdicts: Readonly<Record<string, Verdicts>>;
  readonly speeds: readonly Speed[];
  readonly peakMiB: number;
}

async function judgeAll(parts: readonly string[], most: number): Promise<Record<string, Verdicts>> {
  const judge = new SolutionJudge();
  const verdicts: Record<string, Verdicts> = {};
  try {
    for (const part of parts) {
      for (const solution of solutionsOf(part).slice(0, most)) {
        tf.engine().startScope();
        verdicts[solution.name] = await judge.verdicts(part, solution);
        tf.engine().endScope();
      }
      process.stderr.write(`${tf.getBackend()}: judged ${part}\n`);
    }
    return verdicts;
  } finally {
    judge.close();
  }
}

const [backend, timing, most, ...parts] = process.argv.slice(2);
const report = await prepareBackend({ backend: backend as BackendName });
const verdicts = await judgeAll(parts, Number(most));
const note = (done: string): boolean => process.stderr.write(`${backend}: ${done}\n`);
const speeds = timing === 'speed' ? measureSpeed(note) : [];
const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
const result: OnBackend = { report, verdicts, speeds, peakMiB };
// Some backends greet on standard output.
process.stdout.write(`\n${JSON.stringify(result)}\n`, () => process.exit(0));
