"""Fills in the traces of sections 14.2 and 14.3 of kmq-1.md.

The numbers are taken from the listings of the text while they decode the files that the sections
are about. Without an argument the text is only compared, and the exit status is 1 if it is out of
date; with --write it is brought up to date.
"""

import difflib
import io
import re
import sys

import listing

BLOCK = re.compile(r"(<!-- traces\.py: ([a-z-]+) -->\n```\n)(.*?)(```\n<!-- end -->)", re.DOTALL)

# Decisions of the mix example that are shown in full: their numbers.
IN_FULL = {1: "mix-even", 26: "mix-flag", 43: "mix-node"}


class Text(str):
    """A cell of a column that is aligned to the left."""


def run(names, data, watch):
    """Decodes a file; calls watch with each frame of the listings, and what a function returns."""
    def profile(frame, event, value):
        if event in ("call", "return") and frame.f_code.co_filename == str(listing.TEXT):
            watch(frame.f_code.co_name, event, frame, value)

    sys.setprofile(profile)
    try:
        return names["decode"](io.BytesIO(data), dict(listing.DEFAULT_LIMITS), True)
    finally:
        sys.setprofile(None)


def caller(frame, name):
    while frame is not None and frame.f_code.co_name != name:
        frame = frame.f_back
    return frame


def table(rows, gap=1):
    """Lines of columns, aligned to the right but for those with a Text."""
    rows = [[str(cell) if not isinstance(cell, Text) else cell for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    texts = [any(isinstance(row[i], Text) for row in rows) for i in range(len(widths))]
    return [(" " * gap).join(cell.ljust(width) if text else cell.rjust(width)
                             for cell, width, text in zip(row, widths, texts)).rstrip()
            for row in rows]


def annotated(data, fields):
    """The bytes of a file with what they are; the last field takes the rest."""
    lines, at = [], 0
    for length, text in fields:
        part = data[at:at + length] if length else data[at:]
        for i in range(0, len(part), 8):
            line = f"{at + i:2}  {part[i:i + 8].hex(' '):<23}   {text if i == 0 else ''}"
            lines.append(line.rstrip())
        at += len(part)
    assert at == len(data)
    return [*lines, f"{at:2}"]


def head(data):
    return [(8, "signature"), (1, "version 1"), (1, "flag bit 1: short file"),
            (1, f"entry {data[10] >> 4} (RGB8), method {data[10] & 15}"),
            (1, f"width {data[11] + 1}"), (1, f"height {data[12] + 1}"),
            (1, f"K - 1 = {data[13]}, so K = {data[13] + 1}"),
            *((3, f"entry {i}") for i in range(data[13] + 1))]


def rows_of(header, indices):
    w = header["width"]
    return [" ".join(map(str, indices[i:i + w])) for i in range(0, len(indices), w)]


def rans(names):
    data = (listing.SPEC / "vectors/valid/example-rans.kmq").read_bytes()
    ranks, fields, symbols, starts, context = None, [], [], {}, {}

    def watch(name, event, frame, value):
        nonlocal ranks
        if name in ("read", "signed", "gamma") and caller(frame, "read_tables"):
            at = caller(frame, "read_tables").f_locals["bits"].at
            if event == "call":
                starts[frame] = at
            elif frame.f_back.f_code.co_name in ("read_tables", "read_map"):
                fields.append((frame.f_back.f_code.co_name, name, starts[frame], at, value))
        elif name == "read_tables" and event == "return":
            fields.append((name, "end", frame.f_locals["bits"].at, 0, dict(frame.f_locals)))
        elif name == "__init__" and event == "return" and "palette" in frame.f_locals:
            ranks = frame.f_locals["self"]
        elif name == "symbol_in" and event == "call":
            context.update(state=frame.f_locals["state"])
        elif name == "symbol_in" and event == "return":
            context.update(frame.f_locals, after=frame.f_locals["state"], state=context["state"])
        elif name == "position" and event == "return" and "NEE" in frame.f_locals:
            symbols.append((dict(context), dict(frame.f_locals), value))

    header, _, indices = run(names, data, watch)
    length = data[29] << 8 | data[30]
    size = data[31 + length]
    file = annotated(data, [
        *head(data), (2, f"T = {length}"), (length, "tables, taken apart below"),
        (1, f"L = {size}"), (4, "symbol state"), (4, "raw state"), (size - 8, "words"),
        (0, "CRC-32C of all of the above")])
    return {
        "rans-file": file,
        "rans-pixels-given": rows_of(header, indices),
        "rans-ranks": table([["g", *(f"T(g, {j})" for j in range(ranks.g))],
                             *([g, *ranks.rank_of[g]] for g in range(ranks.g))]),
        "rans-tables": rans_tables(header["tables"], fields),
        "rans-symbols": rans_symbols(symbols, header["width"]),
    }


def rans_tables(data, fields):
    bits = "".join(f"{byte:08b}" for byte in data)
    end = fields.pop()
    frequencies = end[4]["frequencies"]
    lines, fields = [[Text("bits"), Text("field")]], iter(fields)

    def take():
        _, _, start, stop, value = next(fields)
        return bits[start:stop], value

    field, value = take()
    lines.append([field, f"number of clusters less 1: {value}, so there are {value + 1}"])
    clusters, cluster, left = value + 1, 0, 1872
    while left:
        field, change = take()
        cluster += change
        lines.append([field, f"{change:+d}: cluster {cluster}"])
        field, count = take()
        left -= count
        lines.append([field, f"{count} possible contexts, {left} left"])
    for cluster in range(clusters):
        field, z = take()
        lines.append([field, f"cluster {cluster}: z = {z}"])
        field, u = take()
        lines.append([field, f"u = {u}"])
        size = 6
        for symbol in range(u):
            if symbol == z:
                continue
            field, change = take()
            size += change
            mantissa, _ = take()
            lines.append([field, f"{change:+d}: length {size}"])
            if size > 0:
                text = f"mantissa, f({symbol}) = {frequencies[cluster][symbol]}"
                lines.append([mantissa or "none", text])
            else:
                lines[-1][1] += f", f({symbol}) = 0"
        lines.append(["", f"f({z}) = 4096 - the others = {frequencies[cluster][z]}"])
        lines.append(["", "f: " + " ".join(map(str, frequencies[cluster]))])
    spare = bits[end[2]:]
    lines.append([spare, "spare bits; no memory" if spare else "no spare bits"])
    return table(lines)


def rans_symbols(symbols, width):
    neighbors = ["WW", "W", "NW", "N", "NE", "NEE", "NN", "dW", "dN", "dE"]
    rows = [["x", "y", *neighbors, "context", "cluster", "state", "slot", "symbol", "f", "F",
             "word", "r", "P"]]
    for i, (coder, pixel, position) in enumerate(symbols):
        f, F, symbol = coder["f"], coder["F"], coder["symbol"]
        smaller = f[symbol] * (coder["state"] >> 12) + coder["slot"] - F
        word = "" if smaller >= 65536 else f"{coder['after'] & 65535:04x}"
        context = coder["context"]
        rows.append([i % width, i // width, *(pixel[name] for name in neighbors), context,
                     coder["cluster_of"][context], f"{coder['state']:08x}", coder["slot"], symbol,
                     f[symbol], F, word,
                     "" if symbol < 4 else symbol - 4, position])
    final = symbols[-1][0]["after"]
    return [*table(rows), f"symbol state after the last pixel: {final:08x}"]


def mix(names):
    data = (listing.SPEC / "vectors/valid/example-mix.kmq").read_bytes()
    decisions, pixels, tile, current, near = [], [], None, {}, {}

    def watch(name, event, frame, value):
        nonlocal tile
        if name == "decide" and "inputs" not in frame.f_locals:
            coder = frame.f_locals["self"]
            if event == "call":
                outer = frame.f_back.f_locals
                current.update(
                    outer, code=coder.code, range=coder.range, one=frame.f_locals["one"],
                    weights=[list(weights) for weights in outer["sets"]],
                    updates=[outer["self"].updates.get(outer[s], 0) for s in ("first", "second")],
                    knots=list(outer["table"]), counters=[t[i] for t, i in outer["inputs"]])
            else:
                current.update(bound=frame.f_locals["bound"], decision=value)
        elif name == "decide" and event == "return":
            tile = frame.f_locals["self"]
            known = {}
            for function in ("pixel", "uneven", "flag", "descend"):
                known.update(caller(frame, function).f_locals if caller(frame, function) else {})
            known.update({f"{name} class": known[name] for name in ("left", "right")
                          if name in known})
            inputs, sets = frame.f_locals["inputs"], frame.f_locals["sets"]
            decisions.append({**known, **near, **current,
                              "later counters": [table[i] for table, i in inputs],
                              "later weights": [list(weights) for weights in sets],
                              "later knots": list(frame.f_locals["table"])})
        elif name == "look" and event == "return" and "shares" in frame.f_locals:
            near.update({"F": frame.f_locals["F"], "sums of errors": frame.f_locals["sums"],
                         "shares": frame.f_locals["shares"],
                         "predicted color": frame.f_locals["self"].color})
        elif name == "pixel" and event == "return":
            pixels.append((len(decisions), frame.f_locals["x"], frame.f_locals["y"], value))

    header, _, indices = run(names, data, watch)
    size = data[29]
    file = annotated(data, [*head(data), (1, f"L = {size}"), (size, "payload"),
                            (0, "CRC-32C of all of the above")])
    blocks = {
        "mix-file": file,
        "mix-tree": mix_tree(tile.tree, header["palette"]),
        "mix-decisions": mix_decisions(decisions, pixels, tile),
    }
    for number, name in IN_FULL.items():
        blocks[name] = in_full(names, number, decisions[number - 1], tile)
    return blocks


def mix_tree(tree, palette):
    nodes, leaves = [], []

    def halves(start, end):
        if end - start == 1:
            leaves.append([start, tree.index[start], tree.closeness[start]])
            return
        node = (start + end) // 2
        part = [palette[i] for i in tree.index[start:end]]
        spread = [max(e[c] for e in part) - min(e[c] for e in part) for c in range(4)]
        channel = ("red", "green", "blue", "alpha")[spread.index(max(spread))]
        left, right = tree.index[start:node], tree.index[node:end]
        normal, offset, steepness = tree.planes[node]
        nodes.append([node, f"{start} to {end - 1}", Text(channel), Text(" ".join(map(str, left))),
                      Text(" ".join(map(str, right))), *normal, offset, steepness])
        halves(start, node)
        halves(node, end)

    halves(0, len(tree.index))
    head = ["node", "positions", Text("sorted by"), Text("left"), Text("right"), "normal: r", "g",
            "b", "a", "offset", "steepness"]
    return [*table([head, *nodes], 2), "",
            *table([["position", "index", "closeness"], *leaves], 2)]


def kind(decision):
    if decision["kind"] == 2:
        return f"node {decision['key']}"
    return {0: "flag 0", 1: "flag 1", 3: "even"}[decision["kind"]]


def mix_decisions(decisions, pixels, tile):
    rows = [["no.", "x", "y", "W", "rival", "run", Text("about"), "first", "second", "mixed",
             "refined", "one", "code", "range", "bound", "is"]]
    for i, d in enumerate(decisions):
        rows.append([i + 1, d["x"], d["y"], d["W"], *(
                         "" if d.get(name, -1) < 0 else d[name] for name in ("rival", "run_position")),
                     kind(d), *d["sums"], d["mixed"], d["refined"], d["one"],
                     f"{d['code']:08x}", f"{d['range']:08x}", f"{d['bound']:08x}", d["decision"]])
    lines = table(rows)
    out, before = [lines[0]], 0
    for count, x, y, position in pixels:
        out += lines[1 + before:1 + count]
        out[-1] += f" {position}"
        before = count
    out[0] += " P"
    return [*out, f"code after the last pixel: {tile.coder.code:08x}, bytes read: {tile.coder.at}"]


def input_name(tile, entry):
    table_, i = entry
    if table_ is tile.even:
        return f"even places, {i}"
    if table_ is tile.numbered:
        return f"numbered, {i}"
    for f in (0, 1):
        for context, flags in enumerate(tile.flags[f]):
            if table_ is flags:
                return f"flag {f} context {context}, {i}"
    for context, lines in enumerate(tile.lines):
        if table_ is lines:
            return f"line of hash {context}, {i}"
    for context, nodes in enumerate(tile.nodes):
        if table_ is nodes:
            return f"node context {context}, {i}"
    raise ValueError(f"no such table, {i}")


def views(d):
    """Parts of the contexts of a decision."""
    if d["kind"] == 3:
        return []
    color = tuple(d["predicted color"][:3])
    predictions = [[i, *d["F"][i][:3], d["sums of errors"][i], d["shares"][i]] for i in range(6)]
    lines = [f"activity {d['activity']}, predicted colour in quarters {color}, from",
             *table([["i", "F(i): r", "g", "b", "E(i)", "share(i)"], *predictions], 2)]
    if d["kind"] == 2:
        return [*lines, f"gone {d['gone']}, left {d['left class']}, right {d['right class']}, "
                f"path {d['path']}, S of the slopes {' '.join(map(str, d['slopes']))}, "
                f"plane class {d['distance']}"]
    return [*lines, f"W {d['W']}, rival {d['rival']}, edges {d['edges']:012b}, own {d['own']}, "
            f"other {d['other']}, relative {d['relative']}, key {d['key']:08x}"]


def in_full(names, number, d, tile):
    """Inputs and results of a decision."""
    squash, sets, inputs = names["squash"], [], []
    for s, mark in enumerate(("first", "second")):
        total, updates, weights = d["sums"][s], d["updates"][s], d["weights"][s]
        miss, rate = 65536 * d["decision"] - squash(total), max(5, 960 - updates >> 5)
        error = rate * miss >> 1 if abs(miss) >= 64 else 0
        learnt = [weight + (v * error + 65536 >> 17) for v, weight in zip(d["odds"], weights)]
        assert learnt == d["later weights"][s][:len(learnt)], "M-19 of the listing has changed"
        sets.append([Text(mark), total, squash(total), miss, updates, rate, error])
    for i, entry in enumerate(d["inputs"]):
        counter, later = d["counters"][i], d["later counters"][i]
        inputs.append([i, Text(input_name(tile, entry)), counter & 4095, counter >> 12,
                       d["odds"][i], *(weights[i] for weights in d["weights"]), later & 4095,
                       later >> 12,
                       *(weights[i] for weights in d["later weights"])])
    j, part = d["mixed"] + 3072 >> 8, d["mixed"] + 3072 & 255
    knot = j + (part >= 128)
    return [
        f"decision {number}: pixel ({d['x']}, {d['y']}), {kind(d)}", *views(d), "",
        *table([["i", Text("counter"), "probability", "count", "odds(i)", "first", "second",
                 "| then", "count", "first", "second"], *inputs]), "",
        *table([[Text("weight set"), "odds", "squash", "miss", "updates", "rate", "error"],
                *sets], 2), "",
        f"mixed odds {d['mixed']}, squash {squash(d['mixed'])}; APM: j {j}, part {part}, "
        f"{d['knots'][j]} and {d['knots'][j + 1]} give {d['refined']}",
        f"probability of 1: {d['one']}; code {d['code']:08x}, range {d['range']:08x}, "
        f"bound {d['bound']:08x}: the decision is {d['decision']}",
        f"apm({knot}) becomes {d['later knots'][knot]}"]


def main():
    text = listing.TEXT.read_text(encoding="utf-8")
    names = listing.load()
    blocks = {**rans(names), **mix(names)}
    used = set()

    def filled(match):
        before, name, _, after = match.groups()
        used.add(name)
        return before + "".join(line + "\n" for line in blocks[name]) + after

    expected = BLOCK.sub(filled, text)
    if used != blocks.keys():
        print(f"blocks that the text does not show: {sorted(blocks.keys() - used)}")
        return 1
    if "--write" in sys.argv[1:]:
        listing.TEXT.write_text(expected, encoding="utf-8")
        return 0
    changes = list(difflib.unified_diff(
        text.splitlines(), expected.splitlines(), "text", "listings", lineterm=""))
    print("\n".join(changes) or f"{len(blocks)} traces are those of the listings")
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())
