import * as tf from '@tensorflow/tfjs';
import { readSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { importModule } from '../tensorflow/import-module.ts';
import { prepareBackend, type BackendName } from '../tensorflow/index.ts';
import { decodeSafetensors, encodeSafetensors } from '../format/safetensors.ts';
import type { TensorData } from '../format/tensor-data.ts';
import { decodeBody, encodeFrame, type FrameCaps } from '../protocol/frame.ts';
import type { Reply, Request } from '../format/messages.ts';
import { MiB } from '../format/units.ts';
import { callExport, type Answer, type Modules } from './call.ts';
import { describeError } from './describe-error.ts';
import { deviceIsBroken, deviceIsLost } from './engine-internals.ts';
import { EngineSnapshot } from './engine-snapshot.ts';
import { KernelWatch } from './kernel-watch.ts';
import { LooseErrors } from './loose-errors.ts';
import { Refusals } from './refusals.ts';
import { SHARED } from './shared-tensorflow.ts';

/**
 * The program of a child: prepares the backend, loads one bundle of student code and answers calls with bytes,
 * one at a time. Requests come on descriptor 0 and answers leave on descriptor 3; standard output and standard
 * error belong to the student's code. It knows no expected value and gives no verdict.
 *
 * Arguments: backend, threads, directory of the WASM files, directory of the optional backends, files that name
 * Vulkan's drivers, which of several devices, by which order CUDA numbers them.
 */

const REQUESTS = 0;
const ANSWERS = 3;
/** What the grader sends is trusted; the caps only catch a broken pipe. */
const CAPS: FrameCaps = { frameBytes: 512 * MiB, jsonBytes: 16 * MiB, totalBytes: Infinity };
/** Frames of a stack: one within a gradient within a gradient is some forty below the library's. */
const STACK_FRAMES = 200;

function readExactly(length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(REQUESTS, bytes, filled, length - filled, null);
    if (count === 0) return undefined;
    filled += count;
  }
  return bytes;
}

function receive(): { request: Request; tensors: Record<string, TensorData> } | undefined {
  const head = readExactly(4);
  if (!head) return undefined;
  const body = readExactly(new DataView(head.buffer).getUint32(0, true));
  if (!body) return undefined;
  const frame = decodeBody(body, CAPS);
  return {
    request: frame.message as Request,
    tensors: frame.tensors.length > 0 ? decodeSafetensors(frame.tensors) : {},
  };
}

function send(message: Reply, tensors: Record<string, TensorData> = {}): void {
  const hasTensors = Object.keys(tensors).length > 0;
  const bytes = encodeFrame({ message, tensors: hasTensors ? encodeSafetensors(tensors) : new Uint8Array() });
  let sent = 0;
  while (sent < bytes.length) sent += writeSync(ANSWERS, bytes, sent);
}

/** Lets what student code printed leave the process, before the next blocking read stops the event loop. */
async function flushOutput(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    while (stream.writableLength > 0) await setImmediate();
  }
}

/** Answers requests with what submitted code does. */
class Runner {
  readonly #modules: Modules = Object.create(null) as Modules;
  readonly #watch = new KernelWatch();
  readonly #loose = new LooseErrors();
  readonly #refusals = new Refusals();
  /** The file name of the code that was loaded. */
  #bundle = '';

  /** Sends the answer to a request, with a word of warning where this process should get no other. */
  async serve(request: Request, tensors: Record<string, TensorData>): Promise<void> {
    const before = new EngineSnapshot();
    const answer = await this.#answer(request, tensors);
    const fit = !this.#watch.broken && !deviceIsBroken() && !this.#loose.first && (await before.restore());
    const isLost = deviceIsLost();
    await flushOutput();
    const { reply, tensors: returned } = answer;
    const refused = this.#refusals.take();
    const told = refused.length > 0 ? { ...reply, refused } : reply;
    const goesOn = told.type === 'loaded' || told.type === 'idle';
    send(fit || goesOn ? told : { ...told, spent: true, ...(isLost ? { deviceLost: true } : {}) }, returned);
  }

  async #answer(request: Request, tensors: Record<string, TensorData>): Promise<Answer> {
    if (request.type === 'end') return { reply: { type: 'idle', id: request.id } };
    try {
      const answer = await this.#loose.during(() =>
        request.type === 'load'
          ? this.#load(request)
          : callExport(request, { tensors, modules: this.#modules, watch: this.#watch }),
      );
      // The error was caught on its way; what was computed after it is worth nothing.
      return this.#watch.broken ? this.#threw(request, undefined) : answer;
    } catch (error) {
      this.#watch.note(error);
      return this.#threw(request, error);
    }
  }

  async #load(request: Extract<Request, { type: 'load' }>): Promise<Answer> {
    this.#bundle = basename(request.bundle);
    const bundle = (await importModule(pathToFileURL(request.bundle).href)) as { modules: Modules };
    for (const [path, module] of Object.entries(bundle.modules)) this.#modules[path] = module;
    return { reply: { type: 'loaded', id: request.id } };
  }

  #threw({ id }: Request, error: unknown): Answer {
    const loose = this.#loose.first?.error;
    const besides = loose === error ? undefined : loose;
    const described = describeError(error, { bundle: this.#bundle, besides });
    const reason = this.#watch.broken ? 'aborted' : described.reason;
    return { reply: { type: 'threw', id, error: { ...described, reason } } };
  }
}

async function main(): Promise<void> {
  const [backend, threads, wasmDirectory, backends, driverFiles, device, deviceOrder] = process.argv.slice(2);
  // The environment starts empty; Vulkan's loader and CUDA read these.
  if (driverFiles) process.env['VK_DRIVER_FILES'] = driverFiles;
  if (deviceOrder) process.env['CUDA_DEVICE_ORDER'] = deviceOrder;
  Error.stackTraceLimit = STACK_FRAMES;
  const report = await prepareBackend({
    backend: backend as BackendName | 'auto',
    threads: Number(threads),
    ...(wasmDirectory ? { wasmDirectory } : {}),
    ...(backends ? { backendsDirectory: backends } : {}),
    ...(device ? { device } : {}),
  });
  // Everything that is to be loaded is: a seat belt where addons are allowed, no boundary.
  process.dlopen = refuseAddon;
  (globalThis as Record<symbol, unknown>)[SHARED] = tf;
  const runner = new Runner();
  send({
    type: 'ready',
    backend: report.name,
    versions: report.versions,
    ...(report.device === undefined ? {} : { device: report.device.slice(0, 200) }),
    ...(report.software ? { software: true as const } : {}),
  });
  for (let next = receive(); next; next = receive()) await runner.serve(next.request, next.tensors);
  process.exit(0);
}

function refuseAddon(): never {
  throw Object.assign(new Error('no addon can be loaded here'), { code: 'ERR_DLOPEN_FAILED' });
}

/** Without the line of code that Node.js would show, which in a bundle is the whole program. */
function explainEnd(error: unknown): never {
  for (let cause = error; cause instanceof Error; cause = cause.cause) writeSync(2, `${cause.message}\n`);
  process.exit(1);
}

main().catch(explainEnd);
