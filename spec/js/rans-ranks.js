// of kmq-1.md.

const MAX_GROUPS = 512;

/** positions of the colours, and how far their groups are from each other. */
export class Ranks {
  /** @param palette K entries of red, green, blue, alpha */
  constructor(palette) {
    const k = palette.length / 4;
    let shift = 0;
    while (Math.ceil(k / 2 ** shift) > MAX_GROUPS) shift++;
    this.k = k;
    this.shift = shift;
    this.groups = Math.ceil(k / 2 ** shift);
    this.mask = (1 << shift) - 1;
    /** The index at each position. */
    this.index = Uint16Array.from({ length: k }, (_, i) => i);
    if (shift > 0) this.halve(palette, 0, k);
    this.orderGroups(this.means(palette));
  }

  /** */
  halve(palette, from, to) {
    const n = to - from;
    if (n < 2) return;
    const part = this.index.subarray(from, to);
    const channel = widestChannel(palette, part);
    // Value and index in one number, so that sorting numbers sorts by both; `part` keeps the low 16 bits.
    part.set(Uint32Array.from(part, (i) => palette[4 * i + channel] * 65536 + i).sort());
    const { shift } = this;
    const middle =
      from + (n > 1 << shift ? ((Math.ceil(n / 2 ** shift) + 1) >> 1) << shift : (n + 1) >> 1);
    this.halve(palette, from, middle);
    this.halve(palette, middle, to);
  }

  /** four channels for each group */
  means(palette) {
    const means = new Uint8Array(4 * this.groups);
    for (let g = 0; g < this.groups; g++) {
      const group = this.index.subarray(g << this.shift, (g + 1) << this.shift);
      for (let c = 0; c < 4; c++) {
        let sum = 0;
        for (const i of group) sum += palette[4 * i + c];
        means[4 * g + c] = Math.floor(sum / group.length);
      }
    }
    return means;
  }

  /** A-6, both ways: `order` has groups by rank, `rank` ranks by group, G of each for every group. */
  orderGroups(means) {
    const { groups } = this;
    this.order = new Uint16Array(groups * groups);
    this.rank = new Uint16Array(groups * groups);
    const keys = new Uint32Array(groups);
    for (let g = 0; g < groups; g++) {
      // Distance and number in one number below 2^28, so that sorting numbers sorts by both; g itself comes first.
      for (let h = 0; h < groups; h++) keys[h] = (squaredDistance(means, g, h) + (h === g ? 0 : 1)) * MAX_GROUPS + h;
      keys.sort();
      for (let rank = 0; rank < groups; rank++) {
        const h = keys[rank] % MAX_GROUPS;
        this.order[g * groups + rank] = h;
        this.rank[g * groups + h] = rank;
      }
    }
  }

  /** The indices of positions. */
  copyIndices(positions, to) {
    if (this.shift === 0) to.set(positions);
    else for (let x = 0; x < to.length; x++) to[x] = this.index[positions[x]];
  }
}

function widestChannel(palette, part) {
  let widest = 0;
  let most = -1;
  for (let c = 0; c < 4; c++) {
    let low = 255;
    let high = 0;
    for (const i of part) {
      const value = palette[4 * i + c];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (high - low > most) {
      most = high - low;
      widest = c;
    }
  }
  return widest;
}

function squaredDistance(means, g, h) {
  const red = means[4 * g] - means[4 * h], green = means[4 * g + 1] - means[4 * h + 1];
  const blue = means[4 * g + 2] - means[4 * h + 2], alpha = means[4 * g + 3] - means[4 * h + 3];
  return red * red + green * green + blue * blue + alpha * alpha;
}
