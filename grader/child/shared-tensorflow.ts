/** Where bundles find the one TensorFlow.js of a process, a property of its global object. */
export const SHARED = Symbol.for('introspection-grader.tfjs');
