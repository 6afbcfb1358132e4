import { readdirSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * The program of the thread that keeps a run's deadline: waits until the grader ought to have ended by itself, and
 * ends it if it has not, whatever its own thread is doing. It gets the files to be left then as messages.
 */
export interface DeadlineOrder {
  /** After so long the grader is taken to hang. */
  readonly milliseconds: number;
  /** So long it may take to exit when it is made to. */
  readonly exitMilliseconds: number;
  readonly exitCode: number;
  /** The grader's scratch directories: those in this folder whose names hold this mark. */
  readonly scratch: { readonly folder: string; readonly mark: string };
}

/** A file, and what is to be in it. */
export interface SavedFile {
  readonly path: string;
  readonly text: string;
}

const order = workerData as DeadlineOrder;
let files: readonly SavedFile[] = [];
parentPort!.on('message', (latest: readonly SavedFile[]) => (files = latest));

/** Standard error itself: the stream of that name waits for the thread that hangs. */
const say = (text: string): number => writeSync(2, `grader: ${text}\n`);

function attempt(what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    say(`${what}: ${String(error)}`);
  }
}

function save({ path, text }: SavedFile): void {
  const fresh = `${path}.deadline.tmp`;
  writeFileSync(fresh, text);
  renameSync(fresh, path);
}

/** As a debugger would: in the middle of whatever JavaScript runs, so that all that ends with the process is undone. */
function makeItExit(): void {
  const session = new Session();
  session.connectToMainThread();
  session.post('Runtime.evaluate', { expression: `process.exit(${order.exitCode})` });
}

/** For a thread that runs no JavaScript: its children die with it, and what they leave is removed here. */
function kill(): void {
  const { folder, mark } = order.scratch;
  const names = readdirSync(folder).filter((name) => name.includes(mark));
  for (const name of names) {
    attempt(`removing ${name}`, () => rmSync(join(folder, name), { recursive: true, force: true }));
  }
  process.kill(process.pid, 'SIGKILL');
}

setTimeout(() => {
  say('it hangs at its deadline, and is ended');
  for (const file of files) attempt(`writing ${file.path}`, () => save(file));
  setTimeout(kill, order.exitMilliseconds);
  attempt('making it exit', makeItExit);
}, order.milliseconds);
