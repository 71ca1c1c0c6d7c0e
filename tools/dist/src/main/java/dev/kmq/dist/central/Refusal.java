package dev.kmq.dist.central;

/**
 * A fault of a release.
 *
 * @param rule what it violates
 * @param where the file, relative to the folder of the sources or of the repository
 * @param what the fault, and what to do
 */
record Refusal(Rule rule, String where, String what) {
  /** What a release has to satisfy, in the order of the report. */
  enum Rule {
    /** The owner's facts are stated. */
    OWNER,
    /** The version is released, and so are those of dependencies. */
    VERSION,
    /** The commit has the version's tag and nothing but committed files. */
    COMMIT,
    /** Files of the sources state the version, and are not those of an unreleased one. */
    DOCUMENTS,
    /** Files have the names and folders of a Maven repository, and none is left over. */
    LAYOUT,
    /** POMs describe the project, and need nothing that is not published. */
    POM,
    /** Jars come with sources, documentation and parts list, and none is empty. */
    JAR,
    /** Jars contain LICENSE and NOTICE. */
    LICENSE,
    /** Checksums are there and correct. */
    CHECKSUM,
    /** Signatures are there, valid, and the owner's. */
    SIGNATURE
  }

  @Override
  public String toString() {
    return where + ": " + what;
  }
}
