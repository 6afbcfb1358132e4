/** A native addon that computes in a child. */
export interface Addon {
  /** `tensorflow`: libtensorflow; `graphics`: a driver of a graphics device, or one in software. */
  readonly kind: 'tensorflow' | 'graphics';
  /** Directories that it loads libraries from beside the readable ones, absolute. JavaScript cannot read them. */
  readonly libraries: readonly string[];
}
