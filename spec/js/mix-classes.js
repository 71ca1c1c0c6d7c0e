// M-7 and M-9 of kmq-1.md: hashes and classes.

export function hash(a, b) {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}

export const top = (h, n) => h >>> (32 - n);
export const place = (k, n) => (k < 1 << n ? k : top(hash(k, 0), n));

// M-9
export const weightClass = (v) => (v < 8 ? v : v < 16 ? 8 + ((v - 8) >> 1) : 12 + ((v - 16) >> 2));
export const relativeClass = (z) => (z < 24 ? z : z < 48 ? 24 + ((z - 24) >> 2) : Math.min(31, 30 + (z >> 7)));
/** Classes of a distance from a plane and of steps: 32 + c, or 31 - c = 32 + ~c if d < 0. */
export const planeClass = (d) => {
  const v = d ^ (d >> 31);
  const c = v < 16 ? v : v < 48 ? 16 + ((v - 16) >> 2) : Math.min(31, 24 + ((v - 48) >> 3));
  return 32 + (c ^ (d >> 31));
};
export const stepClass = (d) => {
  const v = d ^ (d >> 31);
  const c = v < 16 ? v : v < 32 ? 16 + ((v - 16) >> 1) : Math.min(28, 24 + ((v - 32) >> 3));
  return (32 + (c ^ (d >> 31))) >> 2;
};
