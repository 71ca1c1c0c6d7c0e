package dev.kmq.container;

import dev.kmq.image.IndexPlane;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Decodes all tiles of a picture on several threads: one reads, the others decode. Few tiles are
 * under way at a time, and the first refusal in the order of the file is the one reported.
 */
final class TileDecoders implements AutoCloseable {
  private final KmqReader reader;
  private final ExecutorService workers;
  private final int ahead;

  TileDecoders(KmqReader reader, int threads) {
    this.reader = reader;
    this.workers = Executors.newFixedThreadPool(threads);
    this.ahead = threads + 1;
  }

  void decode(IndexPlane plane) throws IOException {
    Tiling tiling = reader.header().tiling();
    Deque<Future<?>> underWay = new ArrayDeque<>();
    for (int tile = 0; tile < tiling.count(); tile++) {
      if (underWay.size() == ahead) {
        await(underWay.remove());
      }
      byte[] raw;
      try {
        raw = reader.readRaw(tile);
      } catch (IOException e) {
        for (Future<?> earlier : underWay) {
          await(earlier);
        }
        throw e;
      }
      int number = tile;
      ByteInput input = new ByteInput(raw, reader.offset(tile));
      IndexPlane target =
          plane.window(tiling.x(tile), tiling.y(tile), tiling.width(tile), tiling.height(tile));
      underWay.add(
          workers.submit(
              () -> {
                reader.decodeTile(input, number, target);
                return number;
              }));
    }
    for (Future<?> rest : underWay) {
      await(rest);
    }
  }

  static void await(Future<?> task) throws IOException {
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while tiles were decoded");
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
