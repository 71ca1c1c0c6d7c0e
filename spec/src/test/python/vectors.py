"""Decodes the conformance vectors with the Python listings of kmq-1.md.

Prints every vector that comes out differently from what manifest.json expects, then the counts.
Exits with 1 if there is one. Vectors of FOR_CI are left out unless the environment variable CI is
set.
"""

import hashlib
import io
import json
import multiprocessing
import os
import sys
import time

import listing

VECTORS = listing.SPEC / "vectors"
# The same image as mix-matches-large, which runs the same listings and those of matches.
FOR_CI = {"valid/mix-caps.kmq"}
LIMIT_NAMES = {"rasterBytes": "raster", "chunkBytes": "chunk bytes"}
names = {}  # of the listing, in each process
METHODS = ["packed", "deflate", "rans", "mix"]


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def picture(header, chunks, indices):
    """The entry of manifest.json for an image that the listing returns."""
    found = {
        "width": header["width"],
        "height": header["height"],
        "colors": header["colors"],
        "method": METHODS[header["method"]],
        "colorSpace": ["srgb", "icc"][header["space"]],
        "indicesSha256": sha256(b"".join(i.to_bytes(2, "big") for i in indices)),
        "rgbaSha256": sha256(b"".join(bytes(header["palette"][i]) for i in indices)),
    }
    if chunks:
        found["chunks"] = [{"type": kind.decode(), "length": len(data), "sha256": sha256(data)}
                           for kind, data in chunks]
    return found


def difference(expected, found):
    names = found.keys() | ({"chunks"} & expected.keys())
    return {name: (expected.get(name), found.get(name)) for name in sorted(names)
            if expected.get(name) != found.get(name)}


def decode(vector, data, whole):
    """The image and the bytes that were read, or the reason of the refusal."""
    limits = dict(listing.DEFAULT_LIMITS)
    for name, value in vector.get("limits", {}).items():
        limits[LIMIT_NAMES.get(name, name)] = value
    source = io.BytesIO(data)
    try:
        return picture(*names["decode"](source, limits, whole)), source.tell()
    except names["Refused"] as refused:
        return str(refused), source.tell()


def fault(vector):
    """The differences of a vector from the manifest; empty if there are none."""
    data = (VECTORS / vector["file"]).read_bytes()
    result, _ = decode(vector, data, True)
    if vector["result"] == "invalid":
        if result != vector["reason"]:
            return f"expected {vector['reason']}, found {result}"
        if "stream" in vector:
            result, end = decode(vector, data, False)
            if isinstance(result, str) or difference(vector["stream"], result):
                return f"as a stream: {result}"
            if end != vector["stream"]["bytes"]:
                return f"as a stream: read {end} bytes"
        return ""
    if isinstance(result, str):
        return f"refused with {result}"
    different = difference(vector, result)
    return f"expected and found: {different}" if different else ""


def timed(vector):
    start = time.process_time()
    return vector["file"], fault(vector), time.process_time() - start


def start():
    global names
    names = listing.load()


def main():
    manifest = json.loads((VECTORS / "manifest.json").read_text(encoding="utf-8"))
    everything = manifest["vectors"]
    left = set() if os.environ.get("CI") else FOR_CI
    vectors = [v for v in everything if v["file"] not in left]
    if len(everything) - len(vectors) != len(left):
        sys.exit("FOR_CI names a vector that there is not")
    # The longest first, so that no process is left alone with one of them at the end.
    vectors.sort(key=lambda v: (v.get("method") != "mix", -v.get("width", 0) * v.get("height", 0)))
    faults, times = 0, []
    with multiprocessing.Pool(initializer=start) as pool:
        for file, message, seconds in pool.imap_unordered(timed, vectors):
            times.append((seconds, file))
            if message:
                faults += 1
                print(f"{file}: {message}")
    for seconds, file in sorted(times, reverse=True)[:3]:
        print(f"{seconds:.1f} s of processor time for {file}")
    for file in left:
        print(f"{file}: left to CI")
    print(f"{len(vectors) - faults} of {len(everything)} vectors passed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
