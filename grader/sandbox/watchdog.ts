import { allPids, childrenOf, readProcess, type ProcessEntry } from './process-table.ts';
import type { Ending, Limits } from './sandbox.ts';

const PERIOD_MS = 20;
/** How often the whole process table is searched for descendants, where a child could start any. */
const SEARCH_MS = 100;
const LONGEST_SEARCH_MS = 1600;

export interface Watched {
  readonly pid: number;
  readonly limits: Limits;
  /** It can start no processes of its own, so that its tree is complete once the program runs. */
  readonly cannotFork: boolean;
  /** The kernel counts its threads, since its user id is its own. */
  readonly threadsAreLimited: boolean;
  /** Called once, with the reason. */
  readonly onExcess: (ending: Ending) => void;
}

/** A child with all its descendants ever seen: one that has left its parent is still found. */
export class ProcessTree {
  readonly #seen = new Map<number, ProcessEntry>();
  readonly #root: number;

  constructor(root: number) {
    this.#root = root;
    const entry = readProcess(root);
    if (entry) this.#seen.set(root, entry);
  }

  /** Looks through the process table for descendants not seen yet, and for what shares their session. */
  search(): void {
    const table = new Map<number, ProcessEntry>();
    for (const pid of allPids()) {
      const entry = readProcess(pid);
      if (entry) table.set(pid, entry);
    }
    const belongs = (entry: ProcessEntry): boolean =>
      entry.pid === this.#root || entry.session === this.#root || this.#isSeen(table.get(entry.parent));
    for (let grew = true; grew;) {
      const fresh = [...table.values()].filter((entry) => !this.#isSeen(entry) && belongs(entry));
      for (const entry of fresh) this.#seen.set(entry.pid, entry);
      grew = fresh.length > 0;
    }
  }

  /**
   * Looks for descendants not seen yet among the children of those seen. Misses what has left its parent, as only what
   * can start processes of its own does; reads some files of these few processes instead of those of the whole host.
   * @returns false where the kernel keeps no lists of children
   */
  descend(): boolean {
    const queue = this.members;
    // What is added on the way is visited, too.
    for (const entry of queue) {
      if (readProcess(entry.pid)?.startTicks !== entry.startTicks) continue;
      const children = childrenOf(entry.pid);
      if (!children) return false;
      for (const child of children.map(readProcess)) {
        if (!child || this.#isSeen(child)) continue;
        this.#seen.set(child.pid, child);
        queue.push(child);
      }
    }
    return true;
  }

  /** All that have been seen, living or not, as they were first seen. */
  get members(): ProcessEntry[] {
    return [...this.#seen.values()];
  }

  /** Those that live, as they are now. */
  living(): ProcessEntry[] {
    return this.members
      .map(({ pid }) => readProcess(pid))
      .filter((entry): entry is ProcessEntry => this.#isSeen(entry) && entry?.state !== 'Z');
  }

  #isSeen(entry: ProcessEntry | undefined): boolean {
    return entry !== undefined && this.#seen.get(entry.pid)?.startTicks === entry.startTicks;
  }
}

interface Post {
  readonly watched: Watched;
  readonly tree: ProcessTree;
  nextSearch: number;
  pause: number;
  peakBytes: number;
}

/** A child that is looked after. */
export interface Watch {
  /** The processes of it that are known. */
  readonly tree: ProcessTree;
  /** Most resident memory that they were seen to have together, bytes; 0 before the first look. */
  peakBytes(): number;
  stop(): void;
}

/** Looks after the memory, processor time and threads of running children, each with all it has started. */
export class Watchdog {
  readonly #posts = new Set<Post>();
  #timer: NodeJS.Timeout | undefined;

  watch(watched: Watched): Watch {
    const post: Post = {
      watched,
      tree: new ProcessTree(watched.pid),
      nextSearch: 0,
      pause: SEARCH_MS / 4,
      peakBytes: 0,
    };
    this.#posts.add(post);
    this.#timer ??= setInterval(() => this.#look(), PERIOD_MS).unref();
    return { tree: post.tree, peakBytes: () => post.peakBytes, stop: () => this.#remove(post) };
  }

  #remove(post: Post): void {
    this.#posts.delete(post);
    if (this.#posts.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    for (const post of this.#posts) {
      const ending = excess(post);
      if (!ending) continue;
      this.#remove(post);
      post.watched.onExcess(ending);
    }
  }
}

function excess(post: Post): Ending | undefined {
  const { watched, tree } = post;
  const now = performance.now();
  if (now >= post.nextSearch) {
    // Before the filter is in place only the launcher and bubblewrap have run, which leave none of theirs behind.
    if (!watched.cannotFork || !tree.descend()) tree.search();
    post.pause = watched.cannotFork ? Math.min(2 * post.pause, LONGEST_SEARCH_MS) : SEARCH_MS;
    post.nextSearch = now + post.pause;
  }
  const living = tree.living();
  const sum = (of: (entry: ProcessEntry) => number): number =>
    living.reduce((total, entry) => total + of(entry), 0);
  const residentBytes = sum((entry) => entry.residentBytes);
  post.peakBytes = Math.max(post.peakBytes, residentBytes);
  if (residentBytes > watched.limits.residentBytes) return { how: 'memory' };
  if (sum((entry) => entry.processorSeconds) > watched.limits.cpuSeconds) return { how: 'processor-time' };
  if (!watched.threadsAreLimited && sum((entry) => entry.threads) > watched.limits.processes) {
    return { how: 'processes' };
  }
  return undefined;
}
