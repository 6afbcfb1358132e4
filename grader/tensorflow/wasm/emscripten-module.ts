import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { GraderError } from '../../format/errors.ts';
import { checkAllocations } from './check-allocations.ts';
import { IdleWorker } from './idle-worker.ts';
import type { HeapMemory } from './simd/web-assembly.ts';
import type { WasmFiles } from './wasm-files.ts';

/** The instantiated module as the backend wants it, with its `tfjs` bridge. */
export type WasmModule = BackendWasm['wasm'];

/** A fresh instance of tfjs-wasm and the memory that its tensors lie in. */
export interface WasmInstance {
  readonly module: WasmModule;
  readonly memory: HeapMemory;
}

interface RawModule {
  cwrap(name: string, returns: 'number' | null, parameters: 'number'[]): (...values: number[]) => number;
  readonly asm: { readonly memory?: HeapMemory };
  readonly wasmMemory?: HeapMemory;
  _malloc(bytes: number): number;
  tfjs?: Record<string, (...values: number[]) => number>;
}

type Factory = (config: Record<string, unknown>) => Promise<RawModule>;

/**
 * Evaluates an Emscripten script of the package as a CommonJS module of its own, with stand-ins for what it
 * would otherwise do to the whole process: it listens for uncaught exceptions only to throw them again, and sets
 * `global.Worker`.
 */
function loadFactory(path: string): Factory {
  const nodeRequire = createRequire(path);
  const standIns: Record<string, unknown> = {
    worker_threads: { Worker: IdleWorker },
    os: { cpus: () => [{}] },
  };
  const module = { exports: {} as Factory };
  const scope = {
    module,
    exports: module.exports,
    require: (name: string): unknown => standIns[name] ?? nodeRequire(name),
    process: Object.create(process, { on: { value: () => undefined }, argv: { value: [] } }) as unknown,
    global: {},
    Worker: IdleWorker,
    __dirname: dirname(path),
    __filename: path,
  };
  const evaluate = compileFunction(readFileSync(path, 'utf8'), Object.keys(scope), { filename: path });
  (evaluate as (...values: unknown[]) => void)(...Object.values(scope));
  return module.exports;
}

/**
 * Instantiates the SIMD build of tfjs-wasm, over a memory that threads can share if wanted. The package itself refuses
 * threads under Node (tensorflow/tfjs#3830); here they run this room's loops, and XNNPACK stays on one.
 * @throws GraderError where the files are missing or do not compile.
 */
export async function instantiateWasm(
  files: WasmFiles,
  { shared }: { shared: boolean },
): Promise<WasmInstance> {
  const script = shared ? files.sharedScript : files.script;
  const binary = shared ? files.sharedBinary : files.binary;
  let module: RawModule;
  try {
    const factory = loadFactory(script);
    module = await factory({
      wasmBinary: readFileSync(binary),
      mainScriptUrlOrBlob: script,
      // It says `Aborted()` and throws an error that says so, too.
      printErr: () => undefined,
    });
  } catch (cause) {
    throw new GraderError(
      `The WASM backend did not start from ${dirname(binary)}; reinstall with: npm install`,
      { cause },
    );
  }
  checkAllocations(module);
  module.tfjs = {
    init: module.cwrap('init', null, []),
    initWithThreadsCount: module.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: module.cwrap('get_threads_count', 'number', []),
    registerTensor: module.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: module.cwrap('dispose_data', null, ['number']),
    dispose: module.cwrap('dispose', null, []),
  };
  const memory = module.asm.memory ?? module.wasmMemory;
  if (memory === undefined) throw new GraderError(`${script} exposes no memory; tfjs-wasm 4.22 does`);
  return { module: module as unknown as WasmModule, memory };
}
