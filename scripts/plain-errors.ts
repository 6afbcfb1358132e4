/**
 * Runs work whose plain errors are sentences for a person, and throws them as errors of a kind that a command ends
 * with. Errors of any other class are mistakes in the code and pass unchanged.
 */
export async function plainErrorsAs<T>(
  Kind: new (message: string, options: ErrorOptions) => Error,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || Object.getPrototypeOf(error) !== Error.prototype) throw error;
    throw new Kind(error.message, {});
  }
}
