/** Values to be learned, by the names of their tensors. */
export type Parameters = Readonly<Record<string, Float32Array>>;

/** All that a training run must remember between two steps; `step` counts those taken. */
export interface LearnerState {
  step: number;
  readonly weights: Parameters;
  /** Running means of the gradients and of their squares. */
  readonly first: Parameters;
  readonly second: Parameters;
}

/** The state before the first step. */
export function initialState(weights: Parameters): LearnerState {
  const zeros = (): Parameters =>
    Object.fromEntries(Object.entries(weights).map(([name, { length }]) => [name, new Float32Array(length)]));
  return { step: 0, weights, first: zeros(), second: zeros() };
}

const firstDecay = 0.9;
const secondDecay = 0.999;
const stability = 1e-8;

/**
 * One step of Adam (Kingma and Ba 2015), in place, with the gradients clipped to `largestGradient` in their
 * common Euclidean norm. Plain arrays rather than an optimizer of TensorFlow.js, so that a run resumes exactly.
 */
export function adamStep(
  state: LearnerState,
  gradients: Parameters,
  { learningRate, largestGradient }: { learningRate: number; largestGradient: number },
): void {
  let squares = 0;
  for (const gradient of Object.values(gradients)) for (const value of gradient) squares += value * value;
  const clipping = Math.min(1, largestGradient / Math.sqrt(squares + 1e-30));

  state.step++;
  const firstCorrection = 1 - firstDecay ** state.step;
  const secondCorrection = 1 - secondDecay ** state.step;
  for (const [name, gradient] of Object.entries(gradients)) {
    const weights = state.weights[name];
    const first = state.first[name];
    const second = state.second[name];
    for (let i = 0; i < gradient.length; i++) {
      const slope = gradient[i] * clipping;
      first[i] = firstDecay * first[i] + (1 - firstDecay) * slope;
      second[i] = secondDecay * second[i] + (1 - secondDecay) * slope * slope;
      const scale = Math.sqrt(second[i] / secondCorrection) + stability;
      weights[i] -= (learningRate * (first[i] / firstCorrection)) / scale;
    }
  }
}

/** Climbs linearly over `warmUp` steps, then falls to zero along half a cosine (Loshchilov and Hutter 2017). */
export function scheduledRate(
  step: number,
  { learningRate, warmUp, steps }: { learningRate: number; warmUp: number; steps: number },
): number {
  const climb = Math.min(1, (step + 1) / warmUp);
  return learningRate * climb * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
}
