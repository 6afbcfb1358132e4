import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { whenProcessEnds } from '../../grader/sandbox/process-end.ts';
import { coresForUse } from '../../grader/tensorflow/threads.ts';
import { ROOT } from '../../repository.ts';

const PROGRAM = join(ROOT, 'scripts', 'course', 'draw-program.ts');
/** What takes longest, begun first, so that no core waits for it at the end: longer than all others together. */
const LONGEST = ['style-transfer', 'class-visualization'];
/** More processes than these would have nothing to draw before the longest is done. */
const MOST_PROCESSES = 3;

/** What a process that draws asks whenever it has drawn a part. */
export const NEXT_PART = 'next part';
/** What it is told: a part, or that there is none left. */
export interface PartToDraw {
  readonly part: string | null;
}

/** Pictures of a course while they are drawn. */
export interface Drawing {
  readonly pids: readonly number[];
  /** Whether no process draws any more. */
  readonly isOver: () => boolean;
  /** Settles when all is drawn or one process failed, at any time: until then nobody need wait. */
  readonly finished: Promise<void>;
  /** Ends what is still drawn; resolves when it has ended. */
  readonly stop: () => Promise<void>;
}

function startProcess(given: string, to: string) {
  return execa(process.execPath, ['--import', 'tsx', PROGRAM, given, to], {
    cwd: ROOT,
    detached: true,
    cleanup: false,
    ipc: true,
  });
}

/** Tells a process what to draw, part after part, until none is left. */
async function direct(drawing: ReturnType<typeof startProcess>, parts: string[]): Promise<void> {
  for await (const message of drawing.getEachMessage()) {
    if (message !== NEXT_PART) continue;
    const next: PartToDraw = { part: parts.shift() ?? null };
    await drawing.sendMessage({ ...next });
    if (next.part === null) break;
  }
}

/**
 * Starts to draw the pictures of a course in processes beside this one, each part in the one that is free first. They end
 * with this process, and are groups of their own, since a terminal's interruption is not for them to answer.
 * @param given folder with the course's data
 * @param to folder to draw to
 * @param parts names of drivers
 * @param onProgress told what is drawn, or how far it is
 */
export function startDrawing({
  given,
  to,
  parts,
  onProgress,
}: {
  readonly given: string;
  readonly to: string;
  readonly parts: readonly string[];
  readonly onProgress: (how: string) => void;
}): Drawing {
  const left = [
    ...LONGEST.filter((part) => parts.includes(part)),
    ...parts.filter((part) => !LONGEST.includes(part)),
  ];
  const count = Math.min(MOST_PROCESSES, coresForUse(), parts.length);
  const processes = Array.from({ length: count }, () => startProcess(given, to));
  const kill = (): void => processes.forEach((drawing) => void drawing.kill('SIGKILL'));
  const listenNoLonger = whenProcessEnds(kill);
  for (const { stdout } of processes) createInterface({ input: stdout }).on('line', onProgress);
  const ended = Promise.allSettled(processes).finally(listenNoLonger);
  // A process that fails says why as it ends, not where it is told what to draw.
  for (const drawing of processes) direct(drawing, left).catch(() => undefined);
  const finished = Promise.all(processes).then(() => undefined);
  finished.catch(kill);
  return {
    pids: processes.flatMap(({ pid }) => pid ?? []),
    isOver: () => processes.every(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null),
    finished,
    async stop() {
      kill();
      await ended;
    },
  };
}
