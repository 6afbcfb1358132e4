/** Kernels that are registered and not compared, and why. */
export const notCompared: Readonly<Record<string, string>> = {
  Draw: "draws on a browser's canvas",
  LogicalXor: 'no operation runs it: `logicalXor` is made of the other three',
  Multinomial:
    'draws at random, each backend with a generator of its own; its frequencies are tested by themselves',
};
