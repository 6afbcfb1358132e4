import type { KernelDefinition } from '../kernel.ts';

/**
 * A second tensor over the same data, where tfjs-wasm copies. Every tensor that a gradient saves passes through
 * here, and derived data is found again only where the data is shared.
 */
export const identity: KernelDefinition = {
  name: 'Identity',
  make:
    () =>
    ({ inputs, backend }) =>
      backend.share(inputs['x']),
};

/** A cast to the type that the tensor already has shares the data too. */
export const cast: KernelDefinition = {
  name: 'Cast',
  make: (stock) => (call) => {
    if (call.inputs['x'].dtype === call.attrs['dtype']) return call.backend.share(call.inputs['x']);
    if (stock === undefined) throw new Error('tfjs-wasm has no Cast kernel');
    return stock(call);
  },
};
