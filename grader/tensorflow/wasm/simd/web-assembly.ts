/** A WebAssembly memory. */
export interface HeapMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}

interface WebAssemblyNamespace {
  readonly Memory: new (limits: { initial: number; maximum?: number; shared?: boolean }) => HeapMemory;
  readonly Module: new (binary: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: { env: { memory: HeapMemory } },
  ) => { readonly exports: object };
}

/** What TypeScript declares for browsers alone. */
export const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyNamespace };
