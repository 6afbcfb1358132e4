/** Stand-in class names of models whose classes mean nothing: `class 0`, `class 1`, ... */
export function numberedClasses(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `class ${index}`);
}
