package dev.kmq.cli.view;

import java.util.Locale;
import java.util.Map;

/** The kind of a terminal by its environment; nothing is asked of the terminal itself. */
public final class TerminalKind {
  /** The first version of Konsole with sixel graphics. */
  private static final int KONSOLE_WITH_SIXEL = 220400;

  private TerminalKind() {}

  /** The best way of showing images that a terminal is known to support. */
  public static TerminalImage best(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
    String program = environment.getOrDefault("TERM_PROGRAM", "");
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || term.isEmpty()
            || term.equals("dumb")
            || term.startsWith("vt");
    // Multiplexers pass no graphics on.
    boolean multiplexed =
        environment.containsKey("TMUX") || term.startsWith("screen") || term.startsWith("tmux");
    if (plain) {
      return TerminalImage.ASCII;
    }
    if (!multiplexed
        && (term.contains("kitty")
            || environment.containsKey("KITTY_WINDOW_ID")
            || term.contains("ghostty")
            || program.equals("ghostty"))) {
      return TerminalImage.KITTY;
    }
    if (!multiplexed
        && (term.startsWith("foot")
            || term.startsWith("mlterm")
            || term.startsWith("contour")
            || program.equals("WezTerm")
            || program.equals("iTerm.app")
            || konsole(environment) >= KONSOLE_WITH_SIXEL)) {
      return TerminalImage.SIXEL;
    }
    String depth = environment.getOrDefault("COLORTERM", "");
    boolean direct =
        depth.equals("truecolor")
            || depth.equals("24bit")
            || term.contains("direct")
            || environment.containsKey("WT_SESSION");
    return direct ? TerminalImage.BLOCKS : TerminalImage.BLOCKS256;
  }

  private static int konsole(Map<String, String> environment) {
    String version = environment.getOrDefault("KONSOLE_VERSION", "");
    return version.matches("\\d{1,8}") ? Integer.parseInt(version) : 0;
  }
}
