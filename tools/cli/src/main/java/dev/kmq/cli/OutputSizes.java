package dev.kmq.cli;

import dev.kmq.container.Chunk;
import java.util.List;

/** The sizes of the outputs of one input, and of the part of the input that they are made of. */
final class OutputSizes {
  private int outputs;
  private long inputBytes;
  private long bytes;
  private long metadata;

  /** Adds an output. */
  synchronized void add(long ofInput, long ofOutput, List<Chunk> chunks) {
    outputs++;
    inputBytes += ofInput;
    bytes += ofOutput;
    metadata += chunks.stream().mapToLong(chunk -> chunk.data().length).sum();
  }

  /**
   * A warning if the outputs are larger than the input, with what to do about it.
   *
   * @param smaller options that make outputs smaller
   */
  synchronized List<String> larger(String smaller) {
    if (bytes <= inputBytes) {
      return List.of();
    }
    String advice = bytes - metadata <= inputBytes ? "--metadata none" : smaller;
    return List.of(
        "the %s (%s) %s larger than the input (%s); try %s"
            .formatted(
                outputs == 1 ? "output" : outputs + " outputs",
                SizeValue.bytes(bytes),
                outputs == 1 ? "is" : "are",
                SizeValue.bytes(inputBytes),
                advice));
  }
}
