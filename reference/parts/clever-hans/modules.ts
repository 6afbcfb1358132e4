/** Where things lie in the template. */
export const modules = {
  solution: 'introspection/clever-hans.ts',
  network: 'lib/clever-hans/small-network.ts',
  shapes: 'lib/clever-hans/marked-shapes.ts',
  marks: 'lib/clever-hans/marks.ts',
} as const;
