/** Lets the work go on when whoever reads what is printed has seen enough, as `| head` has: the rest goes nowhere. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // The second on Windows.
      if (error.code !== 'EPIPE' && error.code !== 'EOF') throw error;
    });
  }
}
