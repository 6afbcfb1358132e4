import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Request } from '../format/messages.ts';
import { encodeSafetensors } from '../format/safetensors.ts';
import type { TensorData } from '../format/tensor-data.ts';
import { encodeFrame } from '../protocol/frame.ts';
import { LITTLE_INLINING } from '../sandbox/node-flags.ts';

const ROOM = dirname(fileURLToPath(import.meta.url));
/** V8 takes code only under the flags that it was made under: of a child's, those that are V8's own. */
export const V8_FLAGS = [...LITTLE_INLINING, '--disallow-code-generation-from-strings'];

const x: TensorData = {
  dtype: 'float32',
  shape: [1, 8, 8, 3],
  data: Float32Array.from({ length: 192 }, (_, i) => Math.sin(i)),
};

/** What the runner is asked while the code of its functions is made. */
function requestsOn(bundle: string): Request[] {
  const call = { type: 'call', module: 'warm-up.ts', args: [{ tensor: 'x' }] } as const;
  return [
    { type: 'load', id: 1, bundle },
    { ...call, id: 2, export: 'work', observe: true },
    { ...call, id: 3, export: 'work', observe: false },
    { ...call, id: 4, export: 'sum', observe: false, gradient: { argument: 0 } },
    { type: 'end', id: 5 },
  ];
}

/** The program answers in a second; it is ended when it takes so long, for a device or a file that does not answer. */
const PATIENCE_SECONDS = 30;

interface KeepOptions {
  /** Of the built runner. */
  readonly directory: string;
  /** Where the code goes, into a folder that is there. */
  readonly file: string;
  readonly seconds?: number;
}

/**
 * Has V8 compile the runner's program once for all children: what of it a grading uses, as it was when the program had
 * answered a few calls of code of our own. No submission has a part in it. Never throws: where it fails in any way, no
 * code is kept, and each child compiles the program for itself.
 */
export async function keepCode(options: KeepOptions): Promise<void> {
  try {
    // On the file system of the code, which is moved to its place.
    const scratch = mkdtempSync(join(dirname(options.file), 'code-'));
    try {
      await makeCode(scratch, options);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  } catch {
    // It saves time, and nothing else depends on it.
  }
}

async function makeCode(scratch: string, options: KeepOptions): Promise<void> {
  const { directory, file, seconds = PATIENCE_SECONDS } = options;
  const { build } = await import('esbuild');
  await build({
    entryPoints: { keep: join(ROOM, 'keep-code.ts'), bundle: join(ROOM, 'warm-up.ts') },
    outdir: scratch,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
  });
  const made = join(scratch, 'code');
  const child = spawn(
    process.execPath,
    ['--no-warnings', ...V8_FLAGS, join(scratch, 'keep.mjs'), directory, made, 'wasm', '1', directory],
    {
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      env: {},
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
    },
  );
  // Rejects where it could not be started, of which an event tells later.
  const closed = once(child, 'close') as Promise<[code: number | null]>;
  // Without files to open, there are no pipes.
  if (child.pid !== undefined) ask(child, join(scratch, 'bundle.mjs'));
  const [code] = await closed;
  if (code === 0) renameSync(made, file);
}

/** Sends all requests; nobody waits for the answers. */
function ask({ stdin, stdio }: ChildProcess, bundle: string): void {
  (stdio[3] as NodeJS.ReadableStream).resume();
  stdin!.on('error', () => undefined);
  for (const message of requestsOn(bundle)) {
    const tensors = message.type === 'call' ? encodeSafetensors({ x }) : new Uint8Array();
    stdin!.write(encodeFrame({ message, tensors }));
  }
  stdin!.end();
}
