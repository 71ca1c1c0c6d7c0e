// Error maps: the error of every pixel as a colour of the scale.

import { element, part } from "./dom.js";

const TICKS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 442];
/** Squared errors are multiplied by this, so that composited colours are integers. */
const SCALE = 255 * 255;

/**
 * The map of the errors of an image.
 *
 * @param scale `colors`, and the least squared error, times 255 * 255, of each but the first
 */
export function errorMap(original, other, scale) {
  const a = original.rgba;
  const b = other.rgba;
  const rgba = new Uint8ClampedArray(a.length);
  for (let i = 0; i < a.length; i += 4) {
    const color = scale.colors[step(square(a, b, i), scale.thresholds)];
    rgba[i] = color >> 16;
    rgba[i + 1] = color >> 8 & 255;
    rgba[i + 2] = color & 255;
    rgba[i + 3] = 255;
  }
  return rgba;
}

/** The larger of the squared errors on black and on white. */
function square(a, b, i) {
  const [alphaA, alphaB] = [a[i + 3], b[i + 3]];
  const red = a[i] * alphaA - b[i] * alphaB;
  const green = a[i + 1] * alphaA - b[i + 1] * alphaB;
  const blue = a[i + 2] * alphaA - b[i + 2] * alphaB;
  const white = 255 * (alphaB - alphaA);
  return Math.max(
    red * red + green * green + blue * blue,
    (red + white) ** 2 + (green + white) ** 2 + (blue + white) ** 2,
  );
}

/** How many thresholds are reached. */
function step(value, thresholds) {
  let [low, high] = [0, thresholds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (thresholds[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Draws the scale and its values. */
export function drawLegend(scale) {
  const context = part("scale").getContext("2d");
  scale.colors.forEach((color, i) => {
    context.fillStyle = `#${color.toString(16).padStart(6, "0")}`;
    context.fillRect(i, 0, 1, 1);
  });
  for (const error of TICKS) {
    const place = step(Math.min(error, 441.67) ** 2 * SCALE, scale.thresholds) / scale.thresholds.length;
    const tick = element("span", { textContent: error });
    tick.style.left = `${100 * place}%`;
    part("ticks").append(tick);
  }
}
