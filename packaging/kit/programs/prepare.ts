import { prepareBackend } from '../../../grader/tensorflow/index.ts';

// Loaded before the template's own programs, so that they draw with the kernels that grade.
await prepareBackend({ backend: 'wasm', threads: 'auto' });
