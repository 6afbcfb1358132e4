import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FileServer {
  readonly url: string;
  /** Method, address and range of each request so far. */
  readonly requests: { method: string; url: string; range: string | undefined }[];
  close(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse, nth: number) => void;

/** A server on the loopback interface whose n-th request (from 0) is answered by `answer`. */
export async function serve(answer: Answer, onServer?: (server: Server) => void): Promise<FileServer> {
  const requests: FileServer['requests'] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    requests.push({ method, url, range: request.headers.range });
    answer(request, response, requests.length - 1);
  });
  onServer?.(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Gives the content as a well-behaved server does: whole, or from where the range says. */
export function give(content: Uint8Array): Answer {
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const head = { 'content-length': content.length - start };
    if (start > 0) {
      const range = `bytes ${start}-${content.length - 1}/${content.length}`;
      response.writeHead(206, { ...head, 'content-range': range });
    } else response.writeHead(200, head);
    response.end(content.subarray(start));
  };
}

/** Promises the whole and cuts the connection after some of it. */
export function cut(content: Uint8Array, after: number): Answer {
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const head: Record<string, string | number> = { 'content-length': content.length - start };
    if (start > 0) head['content-range'] = `bytes ${start}-${content.length - 1}/${content.length}`;
    response.writeHead(start > 0 ? 206 : 200, head);
    response.write(content.subarray(start, start + after), () => setTimeout(() => response.destroy(), 250));
  };
}
