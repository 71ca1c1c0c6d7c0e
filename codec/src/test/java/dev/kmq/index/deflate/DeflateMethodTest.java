package dev.kmq.index.deflate;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.Planes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class DeflateMethodTest {
  private final DeflateMethod method = new DeflateMethod();

  @Property(tries = 200)
  void planesComeBack(
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 90) int height,
      @ForAll @IntRange(max = 15) int size,
      @ForAll @IntRange(max = 4) int kind,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int colors = Planes.colors(size);
    Palette palette = Planes.palette(colors, random);
    IndexPlane plane = Planes.plane(width, height, colors, kind, random);
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    method.encode(plane, palette, payload);
    IndexPlane back = IndexPlane.allocate(width, height, colors);
    method.decode(new ByteArrayInputStream(payload.toByteArray()), palette, back);
    Planes.assertSame(plane, back);
  }
}
