import { meaningOf } from '../../../grader/pipeline/processes/known-errors.ts';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';

// Loaded before the template's own programs, so that they draw with the kernels that grade.
await prepareBackend({ backend: 'wasm', threads: 'auto' });

// What fails is explained as a check explains it; visualize.ts, which stands alone, looks for this.
Object.defineProperty(globalThis, Symbol.for('introspection.explain-error'), { value: meaningOf });
