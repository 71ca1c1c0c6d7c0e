package dev.kmq.cli.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Completion scripts and man pages of a command. */
public final class Documentation {
  /** The shells that there are scripts for. */
  public enum Shells {
    BASH,
    ZSH,
    FISH
  }

  private final Verb root;
  private final List<Verb> verbs;

  /**
   * Reads the model of a command.
   *
   * @param line the command
   * @param words what the model lacks
   */
  public Documentation(CommandLine line, Words words) {
    root = Verb.of(line.getCommandSpec(), words);
    verbs = Verb.of(line, words);
  }

  /** The completion script for a shell. */
  public String completion(Shells shell) {
    return switch (shell) {
      case BASH -> BashCompletion.of(root, verbs);
      case ZSH -> ZshCompletion.of(root, verbs);
      case FISH -> FishCompletion.of(root, verbs);
    };
  }

  /**
   * The man pages by the names of their files, {@code kmq.1} and one for each verb.
   *
   * @param version the version of the command
   * @param date the date of the version, or "" if it is not known
   */
  public Map<String, String> manPages(String version, String date) {
    ManPages pages = new ManPages(version, date);
    Map<String, String> files = new LinkedHashMap<>();
    List<Verb> described = verbs.stream().filter(verb -> !verb.help()).toList();
    files.put(root.name() + ".1", pages.of(root, described));
    for (Verb verb : described) {
      files.put(root.name() + "-" + verb.name() + ".1", pages.of(root, verb));
    }
    return files;
  }
}
