/** Thrown by a function of the template that has not been written yet. */
export class NotImplementedError extends Error {
  constructor(functionName: string) {
    super(`${functionName} is not implemented yet`);
    this.name = 'NotImplementedError';
  }
}
