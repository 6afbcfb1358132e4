import { cpus } from 'node:os';

/** Today and this machine, as records of measurements name them. */
export function thisMachine(): string {
  const processors = cpus();
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, ${processors.length} x ${processors[0]?.model.trim()}, Node.js ${process.versions.node}`;
}
