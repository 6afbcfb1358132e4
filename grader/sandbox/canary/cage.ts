import { randomBytes, randomInt } from 'node:crypto';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { commandOf } from '../process-table.ts';
import type { Plan } from './attempts.ts';
import type { HostSecrets } from '../isolation.ts';
import { makeScratch } from '../scratch.ts';

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), 'attempts.ts');
/** The canary's program in its cage. */
export const SCRIPT = 'attempts.mjs';
/** Longer than a test takes, short enough that a daemon that does survive is no lasting harm. */
const DAEMON_SECONDS = 5;
const SHARED_DIRECTORIES = ['/tmp', '/var/tmp', '/dev/shm'];

/** The canary's place: what it may read, what is hidden from it, and who listens for it. */
export class Cage {
  readonly #scratch = makeScratch('canary');
  readonly directory = realpathSync(this.#scratch.path);
  readonly inside = join(this.directory, 'inside');
  /** A short name: the whole path of a socket has no more than 107 characters. */
  readonly #socket = join(this.directory, 's');
  readonly mark = `canary-${randomBytes(8).toString('hex')}`;
  readonly #tcp = net.createServer((socket) => socket.destroy());
  readonly #unix = net.createServer((socket) => socket.destroy());
  readonly #udp = dgram.createSocket('udp4');
  heard: string | undefined;

  async open(): Promise<void> {
    for (const name of ['inside', 'hidden', 'other']) mkdirSync(join(this.directory, name));
    chmodSync(this.directory, 0o755);
    for (const name of ['inside', 'other']) chmodSync(join(this.directory, name), 0o755);
    chmodSync(join(this.directory, 'hidden'), 0o700);
    // Not by esbuild, which would start a process of its own that stays.
    const code = ts.transpile(readFileSync(SOURCE, 'utf8'), {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
    });
    this.#put('inside', SCRIPT, code, 0o644);
    this.#put('hidden', 'secret', this.mark, 0o600);
    this.#put('other', 'note', this.mark, 0o644);
    this.#udp.on('message', () => (this.heard = 'sent a UDP datagram to this host'));
    this.#udp.bind(0, '127.0.0.1');
    this.#tcp.listen(0, '127.0.0.1');
    this.#unix.listen(this.#socket);
    await Promise.all([
      once(this.#udp, 'listening'),
      once(this.#tcp, 'listening'),
      once(this.#unix, 'listening'),
    ]);
    chmodSync(this.#socket, 0o777);
  }

  #put(place: string, name: string, content: string, mode: number): void {
    const path = join(this.directory, place, name);
    writeFileSync(path, content);
    chmodSync(path, mode);
  }

  plan(secrets: HostSecrets): Plan {
    return {
      mark: this.mark,
      hidden: [join(this.directory, 'hidden'), ...(secrets.hidden ?? [])],
      other: [join(this.directory, 'other', 'note'), '/etc/passwd'],
      results: [join(this.directory, 'hidden'), ...(secrets.results ?? [])],
      writable: [this.inside, ...SHARED_DIRECTORIES],
      tcpPort: (this.#tcp.address() as AddressInfo).port,
      udpPort: this.#udp.address().port,
      unixSocket: this.#socket,
      graderPid: process.pid,
      graderCommand: commandOf('self'),
      daemonSeconds: `${DAEMON_SECONDS}.${randomInt(1e8, 1e9)}`,
    };
  }

  /** Also after an {@link open} that failed half-way. */
  close(plan: Plan | undefined): void {
    this.#udp.close();
    this.#tcp.close();
    this.#unix.close();
    for (const directory of [...(plan?.results ?? []), ...(plan?.writable ?? [])]) {
      rmSync(join(directory, this.mark), { force: true });
    }
    this.#scratch.remove();
  }
}
