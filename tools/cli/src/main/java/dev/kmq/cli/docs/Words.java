package dev.kmq.cli.docs;

import java.util.List;
import picocli.CommandLine.Model.ArgSpec;

/** What the model of picocli does not contain. */
public interface Words {
  /** The words that an argument accepts, or an empty list if they are not a few. */
  List<String> values(ArgSpec argument);

  /** Command lines of the command of this name. */
  List<String> examples(String command);
}
