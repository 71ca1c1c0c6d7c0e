// An image on a canvas.

/** Of a canvas, where browsers allow the most */
const MAX_SIDE = 65535;
/** Canvases beyond it may stay empty without an error: some browsers allow no more. */
const SURE_PIXELS = 2 ** 24;

/** @throws RangeError if the browser has no canvas of this size */
export function paint(canvas, image) {
  const { width, height } = image;
  if (Math.max(width, height) > MAX_SIDE) {
    throw new RangeError(`${width} x ${height} pixels; no browser shows a side above ${MAX_SIDE}`);
  }
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  const pixels = image.toImageData();
  context?.putImageData(pixels, 0, 0);
  if (context === null || (width * height > SURE_PIXELS && !isPainted(context, pixels))) {
    throw new RangeError(`${width} x ${height} pixels are too many for a canvas of this browser`);
  }
}

/** Whether the first pixel that is not transparent has arrived, if there is one. */
function isPainted(context, { data, width }) {
  let at = 3;
  while (at < data.length && data[at] === 0) at += 4;
  if (at >= data.length) return true;
  const pixel = at >> 2;
  return context.getImageData(pixel % width, Math.floor(pixel / width), 1, 1).data[3] > 0;
}
