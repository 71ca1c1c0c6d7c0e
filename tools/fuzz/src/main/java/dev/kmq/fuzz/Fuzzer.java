package dev.kmq.fuzz;

/** The entry point for Jazzer; its argument is the name of a target. */
public final class Fuzzer {
  private static Target target = Target.CONTAINER;

  private Fuzzer() {}

  /** Called once, before the first execution. */
  public static void fuzzerInitialize(String[] arguments) {
    target = Target.of(arguments[0]);
  }

  /** One execution. */
  public static void fuzzerTestOneInput(byte[] data) throws Exception {
    target.run(data);
  }
}
