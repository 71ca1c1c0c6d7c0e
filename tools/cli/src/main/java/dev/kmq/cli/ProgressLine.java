package dev.kmq.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run in the last line of a terminal: inputs done of all, percentage, megapixels,
 * rate and time left. It appears after half a second, makes way for reports, and disappears at the
 * end. Any thread may use it.
 */
final class ProgressLine implements AutoCloseable {
  private static final int UPDATE_MILLIS = 200;
  private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Progress of an input is counted in these parts. */
  private static final int PARTS = 1000;

  private final PrintStream err;
  private final long start = System.nanoTime();
  private final @Nullable ProgressBar bar;
  private int shown;
  private double pixels;
  private boolean closed;

  /** Something that is printed while the line makes way. */
  @FunctionalInterface
  interface Printing<E extends Exception> {
    /** Prints whole lines. */
    void run() throws E;
  }

  /** The progress of one input, for one thread. */
  final class Step {
    private int parts;

    private long size;

    /** Sets the size of the image. */
    void image(int width, int height) {
      size = (long) width * height;
    }

    /** Sets the fraction that is done. */
    void at(double fraction) {
      int now = Math.max(parts, (int) (fraction * PARTS));
      count(now - parts, (double) (now - parts) / PARTS * size);
      parts = now;
    }
  }

  /**
   * A line, or none.
   *
   * @param visible whether there is a line
   */
  ProgressLine(Terminal terminal, boolean visible, int inputs) {
    err = terminal.err();
    bar =
        visible
            ? new ProgressBarBuilder()
                .setTaskName("kmq")
                .setInitialMax((long) inputs * PARTS)
                .setUnit("", PARTS)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new Line())
                .build()
            : null;
  }

  /** No line. */
  static ProgressLine none(Terminal terminal) {
    return new ProgressLine(terminal, false, 0);
  }

  /** The progress of another input. */
  Step step() {
    return new Step();
  }

  /** Erases the line, prints, and leaves it to the next update to show the line again. */
  synchronized <E extends Exception> void aside(Printing<E> printing) throws E {
    erase();
    printing.run();
  }

  private synchronized void count(int parts, double more) {
    pixels += more;
    if (bar != null && parts > 0) {
      double megapixels = pixels / 1e6;
      double seconds = (System.nanoTime() - start) / 1e9;
      bar.stepBy(parts);
      bar.setExtraMessage(
          String.format(Locale.ROOT, " %.1f MP, %.1f MP/s", megapixels, megapixels / seconds));
    }
  }

  private void erase() {
    if (shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r");
      err.flush();
      shown = 0;
    }
  }

  private synchronized void show(String text) {
    if (!closed && System.nanoTime() - start >= DELAY_NANOS) {
      erase();
      err.print(text);
      err.flush();
      shown = text.length();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      erase();
      closed = true;
    }
    if (bar != null) {
      bar.close(); // waits for an update
    }
  }

  private final class Line implements ProgressBarConsumer {
    private int columns;

    @Override
    public int getMaxRenderedLength() {
      if (columns == 0) {
        columns = TerminalSize.of(System.getenv(), true).columns() - 1;
      }
      return columns;
    }

    @Override
    public void accept(String text) {
      show(text);
    }

    @Override
    public void close() {
      // The line itself is closed.
    }
  }
}
