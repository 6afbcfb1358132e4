/** A native addon that computes in a child. */
export interface Addon {
  /** `tensorflow`: libtensorflow; `graphics`: a driver of a graphics device, or one in software. */
  readonly kind: 'tensorflow' | 'graphics';
  /** What it loads libraries by beside what is readable: directories and single files, absolute. JavaScript cannot read them. */
  readonly libraries: readonly string[];
}
