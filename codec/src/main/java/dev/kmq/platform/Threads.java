package dev.kmq.platform;

/** Threads that keep nothing of the thread that makes them. */
public final class Threads {
  private Threads() {}

  /**
   * A daemon without the context class loader and, except on Android before 13, without inheritable
   * thread locals: threads of a pool would keep the first caller's reachable.
   */
  public static Thread daemon(Runnable task, String name) {
    Thread thread;
    try {
      thread = withoutLocals(task, name);
    } catch (NoSuchMethodError e) {
      thread = new Thread(task, name);
    }
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  @NewerThanAndroid8
  private static Thread withoutLocals(Runnable task, String name) {
    return new Thread(null, task, name, 0, /* inheritThreadLocals= */ false);
  }
}
