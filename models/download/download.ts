import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { get } from './connection.ts';

export interface Download {
  readonly url: string;
  /** Where the whole file goes; while it is on its way it has `.part` behind its name. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** Called as bytes come in. */
  readonly onProgress?: (received: number) => void;
  /** Milliseconds before the second attempt, doubled for each further one. Default 1,000. */
  readonly pause?: number;
}

const maxAttempts = 4;
const maxRedirects = 5;

/** The server refuses the file, so that another attempt is pointless. */
class Refusal extends Error {}

/**
 * Downloads a file whose size and hash are known. What an earlier call or attempt left is continued where the server
 * supports it; the file gets its name only once its hash has been checked.
 *
 * @throws Error saying what to do when the file is not available or not the expected one.
 */
export async function download(options: Download): Promise<void> {
  const { url, path, sha256 } = options;
  const part = `${path}.part`;
  if (existsSync(path) && (await hashOf(path)) === sha256) return;
  mkdirSync(dirname(path), { recursive: true });

  let { resumed, found } = await complete(options, part);
  // Parts of two different files make neither: once more, then, from the start.
  if (found !== sha256 && resumed) ({ found } = await complete(options, part));
  if (found !== sha256) {
    throw new Error(
      `${url} is not the expected file: its SHA-256 is ${found}, expected ${sha256}. Nothing was kept; ` +
        'try another source with --url',
    );
  }
  renameSync(part, path);
}

/** Fills the part, in several attempts if necessary. Removes it when its hash is wrong. */
async function complete(options: Download, part: string): Promise<{ resumed: boolean; found: string }> {
  const { bytes, sha256, pause = 1000 } = options;
  let resumed = false;
  for (let attempt = 1; ; attempt++) {
    try {
      resumed = (await receive(options, part)) || resumed;
      const { size } = statSync(part);
      if (size < bytes) throw new Error(`the connection ended after ${size} of ${bytes} bytes`);
      break;
    } catch (error) {
      if (error instanceof Refusal || attempt === maxAttempts) throw explain(error as Error, options);
      await wait(pause * 2 ** (attempt - 1));
    }
  }
  const found = await hashOf(part);
  if (found !== sha256) rmSync(part);
  return { resumed, found };
}

/** Receives the rest of the file into its part. Returns whether it continued an earlier one. */
async function receive({ url, bytes, onProgress }: Download, part: string): Promise<boolean> {
  let offset = existsSync(part) ? statSync(part).size : 0;
  if (offset > bytes) offset = 0;
  if (offset === bytes) return true;
  const response = await follow(url, offset > 0 ? { range: `bytes=${offset}-` } : {});
  const { statusCode = 0 } = response;
  const continues =
    statusCode === 206 && (response.headers['content-range'] ?? '').startsWith(`bytes ${offset}-`);
  if (statusCode !== 200 && !continues) {
    response.destroy();
    if (statusCode === 416 || statusCode === 206) rmSync(part, { force: true });
    const message = `${url} answered ${statusCode} ${response.statusMessage ?? ''}`.trim();
    const isTransient = statusCode === 416 || statusCode === 206 || statusCode === 429 || statusCode >= 500;
    throw isTransient ? new Error(message) : new Refusal(message);
  }
  if (!continues) offset = 0;
  if (existsSync(part)) truncateSync(part, offset);

  let received = offset;
  response.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > bytes) response.destroy(new Refusal(`${url} sends more than the ${bytes} bytes expected`));
    else onProgress?.(received);
  });
  try {
    await pipeline(response, createWriteStream(part, { flags: offset > 0 ? 'a' : 'w' }));
  } catch (error) {
    if (error instanceof Refusal) rmSync(part, { force: true });
    throw error;
  }
  return offset > 0;
}

async function follow(address: string, headers: Record<string, string>): Promise<IncomingMessage> {
  let url = new URL(address);
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const response = await get(url, {
      ...headers,
      'accept-encoding': 'identity',
      'user-agent': 'model-fetch',
    });
    const { statusCode = 0 } = response;
    const { location } = response.headers;
    if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return response;
    response.destroy();
    url = new URL(location, url);
    if (!/^https?:$/.test(url.protocol))
      throw new Refusal(`${address} redirects to a ${url.protocol} address`);
  }
  throw new Refusal(`${address} redirects more than ${maxRedirects} times`);
}

function explain(error: Error, { url, path, sha256 }: Download): Error {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const offline = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'ETIMEDOUT'];
  if (!offline.includes(code))
    return new Error(`${error.message}; run the command again to go on`, { cause: error });
  return new Error(
    [
      `cannot reach ${new URL(url).host} (${code}). Three ways on:`,
      '  behind a proxy: set HTTPS_PROXY=http://host:port',
      '  with a mirror: --url URL, or MODEL_MIRROR=URL of a folder that holds the file',
      `  without a network: get ${url}`,
      `    elsewhere (SHA-256 ${sha256}) and put it at ${path}`,
    ].join('\n'),
    { cause: error },
  );
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
