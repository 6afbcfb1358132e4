import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Request } from '../format/messages.ts';
import { encodeSafetensors } from '../format/safetensors.ts';
import type { TensorData } from '../format/tensor-data.ts';
import { encodeFrame } from '../protocol/frame.ts';

const ROOM = dirname(fileURLToPath(import.meta.url));
/** V8 takes code only under the flags that it was made under: of a child's, those that are V8's own. */
const V8_FLAGS = ['--disallow-code-generation-from-strings'];

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

/**
 * Has V8 compile the runner's program once for all children: what of it a grading uses, as it was when the program had
 * answered a few calls of code of our own. No submission has a part in it.
 * @param options.directory of the built runner
 * @param options.file where the code goes; it is not there where the program did not come to its end
 */
export async function keepCode({ directory, file }: { directory: string; file: string }): Promise<void> {
  const { build } = await import('esbuild');
  const scratch = mkdtempSync(join(tmpdir(), 'introspection-code-'));
  try {
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
      { stdio: ['pipe', 'ignore', 'ignore', 'pipe'], env: {} },
    );
    // Nobody waits for the answers.
    (child.stdio[3] as NodeJS.ReadableStream).resume();
    for (const message of requestsOn(join(scratch, 'bundle.mjs'))) {
      const tensors = message.type === 'call' ? encodeSafetensors({ x }) : new Uint8Array();
      child.stdin!.write(encodeFrame({ message, tensors }));
    }
    child.stdin!.on('error', () => undefined).end();
    await once(child, 'close');
    if (existsSync(made)) renameSync(made, file);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
