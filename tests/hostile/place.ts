import { createHash, randomBytes, randomInt } from 'node:crypto';
import dgram from 'node:dgram';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIXTURES } from '../../repository.ts';

/** Places that everyone may write to. */
const SHARED = ['/tmp', '/var/tmp', '/dev/shm'];

/** A grader's surroundings with everything in them that must stay as it is, and ears for what must not be heard. */
export class Place {
  readonly base = mkdtempSync(join(tmpdir(), 'hostile-'));
  /** Only the grader's user can enter: the fixtures, and files to be found. */
  readonly hidden = join(this.base, 'hidden');
  /** Only the grader's user can enter. */
  readonly results = join(this.base, 'results');
  /** Holds the canary, too, and every user may read it: for what must not be shown even where it can be read. */
  readonly readable = join(this.base, 'readable.txt');
  /** Where the grader makes its scratch directories. */
  readonly scratch = join(this.base, 'scratch');
  /** Lies in hidden files and in the grader's environment; must be seen nowhere else. */
  readonly canary = `CANARY${randomBytes(12).toString('hex')}`;
  /** Marks what attacks make or say. */
  readonly mark = `mark${randomBytes(6).toString('hex')}`;
  /** Marks processes that attacks start, as decimals of an argument of `sleep`. */
  readonly digits = String(randomInt(1e8, 1e9));
  heard = 0;
  readonly #tcp = net.createServer((socket) => this.#hear(() => socket.destroy()));
  readonly #unix = net.createServer((socket) => this.#hear(() => socket.destroy()));
  readonly #udp = dgram.createSocket('udp4');

  async open(): Promise<void> {
    chmodSync(this.base, 0o755);
    for (const directory of [this.hidden, this.results]) mkdirSync(directory, { mode: 0o700 });
    mkdirSync(this.scratch, { mode: 0o755 });
    for (const half of ['public', 'private'])
      cpSync(join(FIXTURES, half), join(this.hidden, half), { recursive: true });
    writeFileSync(join(this.hidden, 'canary.txt'), this.canary);
    writeFileSync(join(this.hidden, 'private', 'canary.txt'), this.canary);
    writeFileSync(join(this.hidden, 'canary.json'), JSON.stringify({ expected: this.canary }));
    writeFileSync(
      join(this.hidden, 'hidden.d.ts'),
      `interface HiddenAnswers { readonly ${this.canary}: number }\n`,
    );
    writeFileSync(this.readable, this.canary);
    chmodSync(this.readable, 0o644);
    writeFileSync(join(this.results, 'run_autograder'), '#!/bin/sh\n');
    this.#tcp.listen(0, '127.0.0.1');
    await once(this.#tcp, 'listening');
    this.#udp.on('message', () => this.#hear(() => undefined));
    this.#udp.bind(this.port, '127.0.0.1');
    this.#unix.listen(this.socket);
    await Promise.all([once(this.#udp, 'listening'), once(this.#unix, 'listening')]);
    chmodSync(this.socket, 0o777);
  }

  get port(): number {
    return (this.#tcp.address() as AddressInfo).port;
  }

  get socket(): string {
    return join(this.base, 'socket');
  }

  /** An attack's text with the names of this place filled in. */
  fill(text: string): string {
    const values: Record<string, string> = {
      __HIDDEN__: this.hidden,
      __READABLE__: this.readable,
      __RESULTS__: this.results,
      __PORT__: String(this.port),
      __SOCKET__: this.socket,
      __GRADER__: String(process.pid),
      __CANARY__: this.canary,
      __MARK__: this.mark,
      __DIGITS__: this.digits,
    };
    return text.replaceAll(/__[A-Z]+__/g, (name) => values[name] ?? name);
  }

  /** What the hidden files and the results directory are, but for the results themselves, as one value. */
  fingerprint(): string {
    const hash = createHash('sha256');
    const visit = (path: string): void => {
      const status = lstatSync(path);
      hash.update(`${path} ${status.mode} ${status.uid} ${status.isDirectory() ? '' : status.mtimeMs}\n`);
      if (status.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
      else if (status.isFile()) hash.update(readFileSync(path));
    };
    visit(this.hidden);
    for (const name of readdirSync(this.results).sort())
      if (name !== 'results.json') visit(join(this.results, name));
    return hash.digest('hex');
  }

  /** Files that attacks have left where everyone may write. */
  leftFiles(): string[] {
    return [...SHARED, this.base, this.results].flatMap((directory) =>
      readdirSync(directory)
        .filter((name) => name.includes(this.mark))
        .map((name) => join(directory, name)),
    );
  }

  close(): void {
    this.#udp.close();
    this.#tcp.close();
    this.#unix.close();
    for (const path of this.leftFiles()) rmSync(path, { recursive: true, force: true });
    rmSync(this.base, { recursive: true, force: true });
  }

  #hear(then: () => void): void {
    this.heard++;
    then();
  }
}
