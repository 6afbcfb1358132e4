import { cpus } from 'node:os';

/** Today and this machine's processors, as records of measurements name them. */
export function thisHost(): string {
  const processors = cpus();
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, ${processors.length} x ${processors[0]?.model.trim()}`;
}

/** The same with the Node.js that runs this. */
export const thisMachine = (): string => `${thisHost()}, Node.js ${process.versions.node}`;
