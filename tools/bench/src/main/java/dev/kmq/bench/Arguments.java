package dev.kmq.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Arguments of a program that prints figures: images, and among them {@code --peer "NAME: COMMAND"}
 * any number of times and {@code --option VALUE}.
 */
final class Arguments {
  private static final String PEER = "--peer";

  private final List<String> pictures = new ArrayList<>();
  private final List<Peer> peers = new ArrayList<>();
  private final Map<String, String> options = new HashMap<>();

  /**
   * Parses arguments.
   *
   * @param known options of the program, including dashes
   * @throws IllegalArgumentException if there is no image, an option is unknown or has no value
   */
  Arguments(String[] args, String... known) {
    this(args, List.of(), known);
  }

  /**
   * Parses arguments.
   *
   * @param otherwise images if none is given
   * @param known options of the program, including dashes
   * @throws IllegalArgumentException if there is no image, an option is unknown or has no value
   */
  Arguments(String[] args, List<String> otherwise, String... known) {
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        pictures.add(args[i]);
        continue;
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      if (args[i].equals(PEER)) {
        peers.add(Peer.of(args[++i]));
      } else if (List.of(known).contains(args[i])) {
        options.put(args[i], args[++i]);
      } else {
        throw new IllegalArgumentException(
            args[i] + " is none of the options: " + PEER + " " + String.join(" ", known));
      }
    }
    if (pictures.isEmpty()) {
      pictures.addAll(otherwise);
    }
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("no images given");
    }
  }

  /** Names of images, at least one. */
  List<String> pictures() {
    return pictures;
  }

  /** The peers in order. */
  List<Peer> peers() {
    return peers;
  }

  /**
   * For programs without peers.
   *
   * @throws IllegalArgumentException if there is one
   */
  void refusePeers() {
    if (!peers.isEmpty()) {
      throw new IllegalArgumentException(PEER + " is not supported here");
    }
  }

  /** The value of an option. */
  String get(String option, String otherwise) {
    return options.getOrDefault(option, otherwise);
  }

  /** The value of an option that is a comma-separated list. */
  List<String> list(String option, String otherwise) {
    return List.of(get(option, otherwise).split(",", -1));
  }

  /** The value of an option that is a comma-separated list of integers. */
  int[] numbers(String option, String otherwise) {
    return Stream.of(get(option, otherwise).split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
