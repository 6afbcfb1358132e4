/** A native addon that computes in a child. */
export interface Addon {
  /**
   * `tensorflow`: libtensorflow on the processor; `cuda`: libtensorflow on a card of NVIDIA's; `graphics`: a driver of a
   * graphics device, or one in software.
   */
  readonly kind: 'tensorflow' | 'cuda' | 'graphics';
  /** What it loads libraries by beside what is readable: directories and single files, absolute. JavaScript cannot read them. */
  readonly libraries: readonly string[];
}
