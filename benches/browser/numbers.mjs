// Numbers of many runs in one.

export function median(values) {
  return quantile(values, 0.5);
}

/** How many times the others these are: the median of the rounds, each compared with its own. */
export function ratio(values, others) {
  return median(values.map((value, round) => value / others[round]));
}

/** The value that this part of them is not above, between two of them where it lies there. */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const below = Math.floor(place);
  return sorted[below] + (sorted[Math.ceil(place)] - sorted[below]) * (place - below);
}

/** The exponent of growth: the slope of `ys` over `xs` where both are logarithms, by least squares. */
export function exponent(xs, ys) {
  const [a, b] = [xs, ys].map((values) => values.map(Math.log));
  const [meanA, meanB] = [a, b].map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const covariance = a.reduce((sum, value, index) => sum + (value - meanA) * (b[index] - meanB), 0);
  const variance = a.reduce((sum, value) => sum + (value - meanA) ** 2, 0);
  return covariance / variance;
}

/** In three digits, or as many as there are before the point. */
export function short(value) {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 4));
}
