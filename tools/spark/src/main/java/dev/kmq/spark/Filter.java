package dev.kmq.spark;

import dev.kmq.file.Inputs;
import dev.kmq.picture.PictureReader;
import java.io.Serializable;
import java.util.List;

/**
 * Which files of folders and archives are pictures.
 *
 * @param include patterns of file names that replace the known suffixes unless empty
 * @param exclude patterns of file names that are skipped
 */
record Filter(List<String> include, List<String> exclude) implements Serializable {
  /** Copies the lists. */
  Filter {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  Inputs.Selection selection() {
    return new Inputs.Selection(true, PictureReader.otherSuffixes(), include, exclude);
  }
}
