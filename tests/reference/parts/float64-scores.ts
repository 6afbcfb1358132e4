/** The probabilities of some scores. */
export function softmax(scores: readonly number[]): number[] {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The scores of a linear layer, `sum over i of x_i * W[i, y] + b_y`, for weights row by row. */
export function linearScores(
  x: ArrayLike<number>,
  weights: ArrayLike<number>,
  bias: ArrayLike<number>,
): number[] {
  const classes = bias.length;
  return Array.from(bias, (start, y) => {
    let sum = start;
    for (let i = 0; i < x.length; i++) sum += x[i] * weights[i * classes + y];
    return sum;
  });
}
