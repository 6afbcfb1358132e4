import * as tf from '@tensorflow/tfjs';
import { readSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { prepareBackend, type BackendName } from '../tensorflow/index.ts';
import { decodeSafetensors, encodeSafetensors } from '../format/safetensors.ts';
import type { TensorData } from '../format/tensor-data.ts';
import { decodeBody, encodeFrame, type FrameCaps } from '../protocol/frame.ts';
import type { Reply, Request, Thrown } from '../format/messages.ts';
import { callExport, type Modules } from './call.ts';
import { CallFailure } from './call-failure.ts';
import { KernelWatch } from './kernel-watch.ts';
import { MiB } from '../format/units.ts';

/**
 * The program of a child: prepares the backend, loads one bundle of student code and answers calls with bytes,
 * one at a time. Requests come on descriptor 0 and answers leave on descriptor 3; standard output and standard
 * error belong to the student's code. It knows no expected value and gives no verdict.
 *
 * Arguments: backend, threads, directory of the WASM files, directory of the optional backends.
 */

const REQUESTS = 0;
const ANSWERS = 3;
/** What the grader sends is trusted; the caps only catch a broken pipe. */
const CAPS: FrameCaps = { frameBytes: 512 * MiB, jsonBytes: 16 * MiB, totalBytes: Infinity };
const MAX_TEXT = 4000;

/** Student bundles find the one TensorFlow.js of the process here. */
const SHARED = Symbol.for('introspection-grader.tfjs');

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
    while (stream.writableLength > 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

function describeError(error: unknown): Thrown {
  const reason = error instanceof CallFailure ? error.reason : 'threw';
  const read = (key: 'name' | 'message' | 'stack'): string => {
    try {
      const value: unknown = (error as Record<string, unknown> | undefined)?.[key];
      return typeof value === 'string' ? value.slice(0, MAX_TEXT) : '';
    } catch {
      return '';
    }
  };
  const isObject = typeof error === 'object' && error !== null;
  return {
    reason,
    name: isObject ? read('name') : typeof error,
    message: isObject ? read('message') : String(error).slice(0, MAX_TEXT),
    stack: isObject ? read('stack') : '',
  };
}

async function answer(
  request: Request,
  tensors: Record<string, TensorData>,
  modules: Modules,
  watch: KernelWatch,
): Promise<void> {
  try {
    if (request.type === 'load') {
      const bundle = (await import(pathToFileURL(request.bundle).href)) as { modules: Modules };
      for (const [path, module] of Object.entries(bundle.modules)) modules[path] = module;
      await flushOutput();
      send({ type: 'loaded', id: request.id });
      return;
    }
    const { reply, tensors: returned } = await callExport(request, { tensors, modules, watch });
    await flushOutput();
    send(reply, returned);
  } catch (error) {
    await flushOutput();
    send({ type: 'threw', id: request.id, error: describeError(error) });
  }
}

async function main(): Promise<void> {
  const [backend, threads, wasmDirectory, backends] = process.argv.slice(2);
  const report = await prepareBackend({
    backend: backend as BackendName | 'auto',
    threads: Number(threads),
    ...(wasmDirectory ? { wasmDirectory } : {}),
    ...(backends ? { backendsDirectory: backends } : {}),
  });
  (globalThis as Record<symbol, unknown>)[SHARED] = tf;
  const watch = new KernelWatch();
  send({ type: 'ready', backend: report.name, versions: report.versions });
  const modules: Modules = Object.create(null) as Modules;
  for (let next = receive(); next; next = receive()) await answer(next.request, next.tensors, modules, watch);
  process.exit(0);
}

/** Without the line of code that Node.js would show, which in a bundle is the whole program. */
function explainEnd(error: unknown): never {
  for (let cause = error; cause instanceof Error; cause = cause.cause) writeSync(2, `${cause.message}\n`);
  process.exit(1);
}

main().catch(explainEnd);
