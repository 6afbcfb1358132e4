import { HeldPolling } from './held-polling.ts';

/** A buffer of a device, as far as reading it goes. */
export interface GpuBuffer {
  readonly size: number;
  readonly mapState: 'unmapped' | 'pending' | 'mapped';
  mapAsync(mode: number): Promise<void>;
  getMappedRange(): ArrayBuffer;
  unmap(): void;
}

export interface GpuDevice {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  addEventListener(type: 'uncapturederror', listener: (event: UncapturedError) => void): void;
}

interface UncapturedError {
  readonly error: { readonly message: string };
  preventDefault(): void;
}

export interface GpuAdapter {
  readonly info: {
    readonly vendor: string;
    readonly description: string;
    readonly architecture: string;
    /** Whether it is a driver in software. */
    readonly isFallbackAdapter: boolean;
  };
  readonly features: { has(name: string): boolean };
  readonly limits: Readonly<Record<string, number>>;
  requestDevice(options: object): Promise<GpuDevice>;
}

/** The package `webgpu`: WebGPU as browsers have it, by Dawn. */
export interface Dawn {
  create(options: readonly string[]): Gpu;
  readonly globals: Readonly<Record<string, unknown>>;
}

interface Gpu {
  requestAdapter(options: object): Promise<GpuAdapter | null>;
}

/** Every method of Dawn that gives a promise, by interface: these ask for turns of its polling. */
const promising: Readonly<Record<string, readonly string[]>> = {
  GPU: ['requestAdapter'],
  GPUAdapter: ['requestDevice'],
  GPUDevice: ['createComputePipelineAsync', 'createRenderPipelineAsync', 'popErrorScope'],
  GPUBuffer: ['mapAsync'],
  GPUQueue: ['onSubmittedWorkDone'],
  GPUShaderModule: ['getCompilationInfo'],
};

/** The limits that kernels of TensorFlow.js make use of, taken as high as the adapter has them. */
const raisedLimits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
];

/** Under this the globals carry what holds their polling. */
const POLLING = Symbol('polling');

/** Holds every promise of Dawn's, once a process. */
function holdPromises(globals: Dawn['globals'] & { [POLLING]?: HeldPolling }): HeldPolling {
  if (globals[POLLING]) return globals[POLLING];
  const polling = (globals[POLLING] = new HeldPolling());
  for (const [name, methods] of Object.entries(promising)) {
    const { prototype } = globals[name] as { prototype: Record<string, unknown> };
    for (const method of methods) {
      const original = prototype[method] as (...args: unknown[]) => Promise<unknown>;
      prototype[method] = function held(this: unknown, ...args: unknown[]): Promise<unknown> {
        return polling.open(() => original.apply(this, args));
      };
    }
  }
  return polling;
}

/**
 * Shows Dawn as a browser would show its WebGPU: globals, and `navigator.gpu`. Every promise of it is held.
 * @param adapter a part of the name of the adapter that is to be taken
 */
export function showDawn(dawn: Dawn, adapter?: string): { gpu: Gpu; polling: HeldPolling } {
  const polling = holdPromises(dawn.globals);
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create(adapter === undefined ? [] : [`adapter=${adapter}`]);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true, writable: true });
  return { gpu, polling };
}

/** Dawn answers a name that no adapter has with all there are, a line each. */
function withAdapters(error: unknown, name: string): Error {
  const names = [...(error as Error).message.matchAll(/name: '([^']*)'/g)].map(([, one]) => one);
  const there = names.length > 0 ? `there are ${names.join(', ')}` : 'there is none at all';
  return new Error(`no graphics device has “${name}” in its name; ${there}`, { cause: error });
}

/**
 * The fastest adapter.
 * @param name a part of the name of the one that was asked for
 * @throws Error where there is none
 */
export async function findAdapter(gpu: Gpu, name?: string): Promise<GpuAdapter> {
  const request = gpu.requestAdapter({ powerPreference: 'high-performance' });
  const adapter = await (name === undefined
    ? request
    : request.catch((error: unknown) => Promise.reject(withAdapters(error, name))));
  if (adapter === null) {
    throw new Error(
      'Dawn finds no graphics device: on Linux it wants libvulkan1 and a Vulkan driver, in software by VK_DRIVER_FILES',
    );
  }
  return adapter;
}

export function openDevice(adapter: GpuAdapter): Promise<GpuDevice> {
  const requiredLimits = Object.fromEntries(raisedLimits.map((name) => [name, adapter.limits[name]]));
  return adapter.requestDevice({ requiredLimits });
}
