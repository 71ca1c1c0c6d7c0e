package dev.kmq.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help of a command: with {@code -h} a screen of examples and frequent options, with {@code
 * --help} all options under headings, terms and exit codes.
 */
enum HelpText {
  COMMON(
      "Common options",
      "-o --out-dir -r -f -k --method --small --dither --palette --format --all-frames --region"
          + " --palette-name --bits --tiles --salvage --csv --heatmap --report --sort"
          + " --list-palettes --size --as --width"),
  COLORS(
      "Palette and colours",
      "--own-palettes --effort --metric --keep-color --drop-unused --transparent-index"
          + " --alt-palette --alpha --background --metadata --to-srgb"),
  SIZE(
      "Size and quality",
      "--target-psnr --target-bytes --max-error --rdo --max-decoding-cost --tile"
          + " --skip-if-larger"),
  FILES(
      "Files",
      "--include --exclude --keep-suffix --name --update --skip-existing --preserve --dry-run"),
  RUN("Reports and limits", "--json -q -v -j --max-pixels --max-work -h --help -V");

  private static final String EXAMPLES_KEY = "examples";
  private static final String TERMS_KEY = "terms";
  private static final String MORE_KEY = "more";

  /** The command lines of a command, each with what it does. */
  private static final Map<String, List<String>> EXAMPLES =
      Map.ofEntries(
          Map.entry(
              "kmq",
              List.of(
                  "kmq encode photo.jpg                    # photo.kmq, up to 256 colours",
                  "kmq encode -k 64 -o small.png photo.jpg # an indexed PNG of 64 colours",
                  "kmq sweep photo.jpg                     # size and quality at several K",
                  "kmq decode photo.kmq                    # photo.png")),
          Map.entry(
              "encode",
              List.of(
                  "kmq encode photo.jpg                    # photo.kmq, up to 256 colours",
                  "kmq encode -k 64 -o small.png photo.jpg # an indexed PNG of 64 colours",
                  "kmq encode -r pictures --out-dir small  # a tree of images",
                  "kmq encode --target-bytes 20k photo.jpg # as many colours as fit")),
          Map.entry(
              "decode",
              List.of(
                  "kmq decode photo.kmq                    # photo.png",
                  "kmq decode -o photo.bmp photo.kmq       # another format",
                  "kmq decode --region 0,0,64,64 map.kmq   # only this part",
                  "kmq decode -r small --out-dir png       # a tree of images")),
          Map.entry(
              "info",
              List.of(
                  "kmq info photo.kmq                      # size, colours, method, metadata",
                  "kmq info --bits photo.kmq               # what the bits are spent on")),
          Map.entry(
              "check",
              List.of(
                  "kmq check -r archive                    # verify every checksum and rule",
                  "kmq check --salvage rest.kmq bad.kmq    # save the tiles that are intact")),
          Map.entry(
              "sweep",
              List.of(
                  "kmq sweep photo.jpg                     # size and quality at several K",
                  "kmq sweep -k 16,32,64 --dither spatial photo.jpg",
                  "kmq sweep --method rans,mix --report photo.html photo.jpg   # a page",
                  "kmq sweep --csv table.csv -r pictures   # a table for a spreadsheet")),
          Map.entry(
              "compare",
              List.of(
                  "kmq compare photo.jpg photo.kmq         # what was lost",
                  "kmq compare --report differences.html photo.jpg photo.kmq")),
          Map.entry(
              "palette",
              List.of(
                  "kmq palette -k 16 photo.jpg             # show 16 colours",
                  "kmq palette -r pictures -o all.gpl      # one palette for many images",
                  "kmq encode --palette all.gpl photo.jpg  # use it")),
          Map.entry(
              "view",
              List.of(
                  "kmq view photo.kmq                      # in the terminal",
                  "kmq view --as ascii --width 60 photo.jpg")),
          Map.entry("thumbnail", List.of("kmq thumbnail --size 128 -o small.png photo.kmq")),
          Map.entry(
              "completion",
              List.of(
                  ". <(kmq completion bash)                # for ~/.bashrc",
                  ". <(kmq completion zsh)                 # for ~/.zshrc, after compinit",
                  "kmq completion fish | source            # for config.fish")));

  /** Words that options use. */
  private static final List<String> TERMS =
      List.of(
          "K         number of colours of the palette",
          "oklab     colour space whose distances match what people see",
          "dither    mix neighbouring colours so that gradients look smooth",
          "tile      part of an image that is stored and decoded by itself",
          "PSNR, dB  error in RGB: 30 visible, 40 hard to see, 50 invisible",
          "SIZE      20000, 20k, 20KB or 1.5M; Ki and Mi are powers of 1024",
          "COLOR     as in CSS: #rrggbb, #rgb, white, rgb(255 0 0)");

  private static final List<String> TERMS_OF = List.of("encode", "sweep");

  private final String heading;
  private final List<String> names;

  HelpText(String heading, String names) {
    this.heading = heading;
    this.names = List.of(names.split(" ", -1));
  }

  /** Gives a command and its subcommands their help and the options for it. */
  static void addTo(CommandLine line) {
    if (line.getCommandSpec().findOption("-h") == null) {
      addOption(line, o -> o.usageHelp(true), "Print examples and frequent options.", "-h");
      addOption(line, o -> o.usageHelp(true), "Print this help.", "--help");
    }
    if (line.getParent() == null) {
      addOption(line, o -> o.versionHelp(true), "Print the version.", "-V", "--version");
    }
    line.setUsageHelpWidth(80);
    Map<String, CommandLine.IHelpSectionRenderer> renderers = line.getHelpSectionMap();
    renderers.put(EXAMPLES_KEY, HelpText::examples);
    renderers.put(TERMS_KEY, HelpText::terms);
    renderers.put(
        MORE_KEY, help -> "More: the guide in docs/, or 'man kmq'" + System.lineSeparator());
    renderers.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpText::options);
    line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    if (line.getParent() == null) {
      List<String> keys = new ArrayList<>(line.getHelpSectionKeys());
      keys.add(keys.indexOf(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING), EXAMPLES_KEY);
      keys.add(keys.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), TERMS_KEY);
      keys.add(MORE_KEY);
      line.setHelpSectionKeys(keys); // and those of its subcommands
    }
    line.getSubcommands().values().forEach(HelpText::addTo);
  }

  private static void addOption(
      CommandLine line, UnaryOperator<OptionSpec.Builder> kind, String text, String... names) {
    OptionSpec.Builder option = OptionSpec.builder(names).type(boolean.class);
    line.getCommandSpec().addOption(kind.apply(option.description(text)).build());
  }

  /** The help of {@code -h}. */
  static String brief(CommandLine line) {
    Help help = line.getHelp();
    boolean root = line.getParent() == null;
    String more =
        root
            ? "'kmq COMMAND -h' shows examples, 'kmq COMMAND --help' all options."
            : "'" + line.getCommandSpec().qualifiedName() + " --help' explains all options.";
    return help.synopsisHeading()
        + help.synopsis(help.synopsisHeadingLength())
        + help.description()
        + examples(help)
        + (root
            ? help.createHeading("@|bold Commands:|@%n") + help.commandList()
            : COMMON.section(help))
        + more
        + System.lineSeparator();
  }

  /** The examples of a command, as they are typed. */
  static List<String> examples(String command) {
    return Objects.requireNonNullElse(EXAMPLES.get(command), List.of());
  }

  private static String examples(Help help) {
    List<String> examples = examples(help.commandSpec().name());
    return examples.isEmpty() ? "" : lines(help, "Examples", examples);
  }

  private static String terms(Help help) {
    return TERMS_OF.contains(help.commandSpec().name()) ? lines(help, "Terms", TERMS) : "";
  }

  private static String lines(Help help, String heading, List<String> lines) {
    StringBuilder text = new StringBuilder(help.createHeading("@|bold " + heading + ":|@%n"));
    lines.forEach(line -> text.append("  ").append(line).append(System.lineSeparator()));
    return text.toString();
  }

  private static String options(Help help) {
    StringBuilder text = new StringBuilder();
    for (HelpText section : values()) {
      text.append(section.section(help));
    }
    return text.toString();
  }

  /** The options of this section under its heading, or nothing if there are none. */
  private String section(Help help) {
    boolean root = help.commandSpec().parent() == null;
    List<OptionSpec> options = new ArrayList<>();
    for (String name : names) {
      OptionSpec option = help.commandSpec().findOption(name);
      if (option != null) {
        options.add(option);
      }
    }
    if (options.isEmpty()) {
      return "";
    }
    Help.Layout layout = help.createDefaultLayout();
    layout.addOptions(options, help.parameterLabelRenderer());
    String title = root ? "Options" : heading;
    return help.createHeading("@|bold %s:|@%n", title) + layout;
  }
}
