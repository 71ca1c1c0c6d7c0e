package dev.kmq.index.deflate;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.Planes;
import dev.kmq.index.Tile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class DeflateMethodTest {
  private final DeflateMethod method = new DeflateMethod();

  @Property(tries = 200)
  void planesComeBack(@ForAll(supplier = Tile.Any.class) Tile tile) throws IOException {
    Palette palette = tile.palette();
    IndexPlane plane = tile.plane();
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    method.encode(plane, palette, payload);
    IndexPlane back = IndexPlane.allocate(tile.width(), tile.height(), tile.colors());
    method.decode(new ByteArrayInputStream(payload.toByteArray()), palette, back);
    Planes.assertSame(plane, back);
  }
}
