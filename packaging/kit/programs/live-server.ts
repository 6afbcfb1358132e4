import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { livePage } from './live-page.ts';

const HOST = '127.0.0.1';

/**
 * Serves one page on the loopback interface and tells browsers by server-sent events when there is a newer one:
 * `/` is the frame of `livePage`, `/report` the page as it is now, `/events` the stream.
 */
export class LiveServer {
  readonly #server: Server;
  readonly #listeners = new Set<ServerResponse>();
  #page = '';
  #version = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => this.#answer(request, response));
  }

  /** Listens on a port that is free. */
  static async start(): Promise<LiveServer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, HOST, resolve);
    });
    return new LiveServer(server);
  }

  get url(): string {
    return `http://${HOST}:${this.#port}/`;
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Takes a page in the place of the one before and has the browsers show it. */
  show(page: string): void {
    this.#page = page;
    this.#version += 1;
    for (const listener of this.#listeners) this.#tell(listener);
  }

  async close(): Promise<void> {
    for (const listener of this.#listeners) listener.end();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #tell(listener: ServerResponse): void {
    listener.write(`data: ${this.#version}\n\n`);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    // A page elsewhere could have its own name lead here: only the address itself is answered.
    if (request.headers.host !== `${HOST}:${this.#port}` || request.method !== 'GET') {
      response.writeHead(403).end();
      return;
    }
    const html = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
    switch (request.url) {
      case '/':
        response.writeHead(200, html).end(livePage());
        return;
      case '/report':
        response.writeHead(200, html).end(this.#page);
        return;
      case '/events':
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
        this.#listeners.add(response);
        request.once('close', () => this.#listeners.delete(response));
        this.#tell(response);
        return;
      default:
        response.writeHead(404).end();
    }
  }
}
