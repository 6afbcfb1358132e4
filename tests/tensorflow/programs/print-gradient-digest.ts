/** Prints the digest of a network's gradients on WASM with the number of threads that is its argument. */
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { gradientDigest } from '../small-network.ts';

await prepareBackend({ backend: 'wasm', threads: Number(process.argv[2]) });
process.stdout.write(gradientDigest());
