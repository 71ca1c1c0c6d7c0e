package dev.kmq.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The options of a command's help under headings, the frequent ones first. */
enum HelpSections {
  COMMON(
      "Common options",
      "-o --out-dir -r -f -k --method --small --dither --palette --skip-if-larger --format --region"
          + " --palette-name --bits --tiles --salvage --csv --sort --list-palettes"),
  COLORS(
      "Palette and colours",
      "--effort --metric --keep-color --drop-unused --transparent-index --alt-palette --alpha"
          + " --background --metadata --to-srgb"),
  SIZE(
      "Size and quality",
      "--target-psnr --target-bytes --max-error --rdo --max-decoding-cost --tile"),
  FILES(
      "Files",
      "--include --exclude --keep-suffix --name --update --skip-existing --preserve --dry-run"),
  RUN("Reports and limits", "--json -q -v -j --max-pixels --max-work -h -V");

  private final String heading;
  private final List<String> names;

  HelpSections(String heading, String names) {
    this.heading = heading;
    this.names = List.of(names.split(" ", -1));
  }

  /** Makes a command and its subcommands show their options in sections. */
  static void addTo(CommandLine line) {
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpSections::options);
    line.getSubcommands().values().forEach(HelpSections::addTo);
  }

  private static String options(Help help) {
    boolean root = help.commandSpec().parent() == null;
    StringBuilder text = new StringBuilder();
    for (HelpSections section : values()) {
      List<OptionSpec> options = new ArrayList<>();
      for (String name : section.names) {
        OptionSpec option = help.commandSpec().findOption(name);
        // The version is that of the command as a whole.
        if (option != null && (root || !option.versionHelp())) {
          options.add(option);
        }
      }
      if (!options.isEmpty()) {
        Help.Layout layout = help.createDefaultLayout();
        layout.addOptions(options, help.parameterLabelRenderer());
        text.append(root ? "" : help.createHeading("@|bold %s:|@%n", section.heading));
        text.append(layout);
      }
    }
    return text.toString();
  }
}
