import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const HOST = '127.0.0.1';

/**
 * Serves one page at `/` on the loopback interface, and at `/events` tells those who show it when there is a newer one,
 * as docs/report-page.md says.
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
    this.#send('report', String(this.#version));
  }

  async close(): Promise<void> {
    for (const listener of this.#listeners) listener.end();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Says what is at work until the next page. */
  say(text: string): void {
    this.#send('busy', text.replaceAll(/\s+/g, ' '));
  }

  #send(event: 'report' | 'busy', data: string): void {
    for (const listener of this.#listeners) listener.write(`event: ${event}\ndata: ${data}\n\n`);
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
        response.writeHead(200, html).end(this.#page);
        return;
      case '/events':
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
        this.#listeners.add(response);
        request.once('close', () => this.#listeners.delete(response));
        response.flushHeaders();
        return;
      default:
        response.writeHead(404).end();
    }
  }
}
