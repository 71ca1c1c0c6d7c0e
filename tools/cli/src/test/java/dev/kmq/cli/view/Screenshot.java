package dev.kmq.cli.view;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** What a terminal would show, from the bytes that it gets: a small terminal of its own. */
public final class Screenshot {
  private static final Pattern KITTY = Pattern.compile("\u001b_G([^;]*);([^\u001b]*)\u001b\\\\");
  private static final Pattern SGR = Pattern.compile("\u001b\\[([0-9;]*)m");

  private Screenshot() {}

  /** The image of kitty's graphics protocol. */
  public static BufferedImage ofKitty(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.US_ASCII);
    Matcher codes = KITTY.matcher(text);
    StringBuilder payload = new StringBuilder();
    int end = 0;
    boolean more = true;
    while (codes.find()) {
      check(codes.start() == end && more, "codes follow each other up to the last");
      check(codes.group(2).length() <= 4096, "length of a payload");
      check(end > 0 || codes.group(1).startsWith("a=T,f=100,"), codes.group(1));
      more = codes.group(1).endsWith("m=1");
      check(more || codes.group(1).endsWith("m=0"), codes.group(1));
      check(!more || codes.group(2).length() % 4 == 0, "whole groups of base64");
      payload.append(codes.group(2));
      end = codes.end();
    }
    check(!more && text.substring(end).equals("\n"), "the end");
    byte[] png = Base64.getDecoder().decode(payload.toString());
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  /** The image of sixel graphics; pixels that are not drawn are transparent. */
  public static BufferedImage ofSixel(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.US_ASCII);
    Matcher start = Pattern.compile("\u001bP0;1q\"1;1;(\\d+);(\\d+)").matcher(text);
    check(start.lookingAt() && text.endsWith("\u001b\\\n"), "start and end");
    int width = Integer.parseInt(start.group(1));
    int height = Integer.parseInt(start.group(2));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Map<Integer, Integer> colors = new HashMap<>();
    Matcher parts =
        Pattern.compile("#(\\d+);2;(\\d+);(\\d+);(\\d+)|#(\\d+)|!(\\d+)([?-~])|([?-~])|([$])|(-)")
            .matcher(text);
    int at = start.end();
    int x = 0;
    int y = 0;
    int color = 0;
    int stop = text.length() - 3;
    while (at < stop) {
      check(parts.find(at) && parts.start() == at, "at " + at);
      at = parts.end();
      if (parts.group(1) != null) {
        int rgb = 0xFF;
        for (int c = 2; c <= 4; c++) {
          rgb = rgb << 8 | Math.round(Integer.parseInt(parts.group(c)) * 255 / 100f);
        }
        colors.put(Integer.parseInt(parts.group(1)), rgb);
      } else if (parts.group(5) != null) {
        color = Objects.requireNonNull(colors.get(Integer.parseInt(parts.group(5))));
      } else if (parts.group(9) != null) {
        x = 0;
      } else if (parts.group(10) != null) {
        x = 0;
        y += 6;
      } else {
        boolean counted = parts.group(6) != null;
        int count = counted ? Integer.parseInt(parts.group(6)) : 1;
        int bits = (counted ? parts.group(7) : parts.group(8)).charAt(0) - 63;
        for (int i = 0; i < count; i++, x++) {
          for (int b = 0; b < 6; b++) {
            if ((bits >> b & 1) != 0) {
              image.setRGB(x, y + b, color);
            }
          }
        }
      }
    }
    return image;
  }

  /** The image of half blocks; what has no colour is transparent. */
  public static BufferedImage ofBlocks(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    check(lines[lines.length - 1].isEmpty(), "a line feed at the end");
    int width = (int) lines[0].chars().filter(c -> c == '\u2580').count();
    BufferedImage image =
        new BufferedImage(width, 2 * (lines.length - 1), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < lines.length - 1; y++) {
      int front = 0;
      int back = 0;
      int x = 0;
      String line = lines[y];
      Matcher code = SGR.matcher(line);
      for (int at = 0; at < line.length(); ) {
        if (line.charAt(at) == '\u2580') {
          image.setRGB(x, 2 * y, front);
          image.setRGB(x++, 2 * y + 1, back);
          at++;
          continue;
        }
        check(code.find(at) && code.start() == at, "at " + at + " of line " + y);
        at = code.end();
        String[] numbers = code.group(1).split(";", -1);
        if (numbers[0].equals("38")) {
          front = color(numbers);
        } else if (numbers[0].equals("48")) {
          back = color(numbers);
        } else {
          check(code.group(1).equals("0"), code.group());
          front = 0;
          back = 0;
        }
      }
      check(x == width && front == 0 && back == 0, "line " + y);
    }
    return image;
  }

  private static int color(String... numbers) {
    if (numbers[1].equals("5")) {
      return 0xFF000000 | Xterm256.rgb(Integer.parseInt(numbers[2]));
    }
    check(numbers[1].equals("2") && numbers.length == 5, String.join(";", numbers));
    int rgb = 0xFF;
    for (int i = 2; i < 5; i++) {
      rgb = rgb << 8 | Integer.parseInt(numbers[i]);
    }
    return rgb;
  }

  private static void check(boolean met, String what) {
    if (!met) {
      throw new AssertionError(what);
    }
  }
}
