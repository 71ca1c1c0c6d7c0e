// of kmq-1.md.

/** bits of the shared tables, the most significant one of a byte first. */
export class TableBits {
  constructor(data, refuse) {
    this.data = data;
    this.refuse = refuse;
    this.at = 0;
  }

  read(count) {
    if (this.at + count > 8 * this.data.length) this.refuse("they end too early");
    let value = 0;
    for (; count > 0; count--, this.at++) {
      value = (value << 1) | ((this.data[this.at >> 3] >> (7 - (this.at & 7))) & 1);
    }
    return value;
  }

  hasMore() {
    return this.at < 8 * this.data.length;
  }

  gamma() {
    let zeros = 0;
    while (this.read(1) === 0) {
      if (++zeros > 12) this.refuse("a gamma code of more than 12 zeros");
    }
    return (1 << zeros) | this.read(zeros);
  }

  signed() {
    const v = this.gamma();
    return v % 2 === 0 ? v / 2 : -((v - 1) / 2);
  }

  end() {
    const left = 8 * this.data.length - this.at;
    if (left >= 8) this.refuse("bytes follow them");
    if (this.read(left) !== 0) this.refuse("spare bits are set");
  }
}
