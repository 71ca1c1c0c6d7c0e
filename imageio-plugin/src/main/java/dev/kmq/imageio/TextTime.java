package dev.kmq.imageio;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadataNode;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/**
 * Times of the standard format's document element, which a file stores as texts: written as ISO
 * 8601 in UTC, read in this form and in that of RFC 1123, which PNG recommends.
 */
final class TextTime {
  /** Keyword of the text that holds {@code ImageCreationTime}. */
  static final String CREATION = "Creation Time";

  /** Keyword of the text that holds {@code ImageModificationTime}. */
  static final String MODIFICATION = "Modification Time";

  private static final int MAX_YEAR = 9999;

  private TextTime() {}

  /** Adds an element for a time, if the text is a time in the years 0 to 9999. */
  static void add(Node parent, String name, @Nullable String text) {
    LocalDateTime time = text == null ? null : parse(text.strip());
    if (time != null && time.getYear() >= 0 && time.getYear() <= MAX_YEAR) {
      IIOMetadataNode node = Elements.add(parent, name);
      Elements.set(node, "year", time.getYear());
      Elements.set(node, "month", time.getMonthValue());
      Elements.set(node, "day", time.getDayOfMonth());
      Elements.set(node, "hour", time.getHour());
      Elements.set(node, "minute", time.getMinute());
      Elements.set(node, "second", time.getSecond());
    }
  }

  private static @Nullable LocalDateTime parse(String text) {
    LocalDateTime time = parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    return time == null ? parse(text, DateTimeFormatter.RFC_1123_DATE_TIME) : time;
  }

  private static @Nullable LocalDateTime parse(String text, DateTimeFormatter format) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text, format);
      return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    } catch (DateTimeException e) {
      // No such text, or a time beyond the last year in UTC.
      return null;
    }
  }

  /** The text for the time of an element. */
  static String read(Node node) throws IIOInvalidTreeException {
    int year = (int) Elements.integer(node, "year", 0, MAX_YEAR);
    int month = (int) Elements.integer(node, "month", 1, 12);
    int day = (int) Elements.integer(node, "day", 1, 31);
    try {
      LocalDateTime time =
          LocalDateTime.of(
              year,
              month,
              day,
              part(node, "hour", 23),
              part(node, "minute", 59),
              Math.min(59, part(node, "second", 60)));
      return time.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).toInstant().toString();
    } catch (DateTimeException e) {
      throw Elements.invalid(node, "is not a time: " + e.getMessage());
    }
  }

  private static int part(Node node, String name, int most) throws IIOInvalidTreeException {
    return Elements.attribute(node, name) == null ? 0 : (int) Elements.integer(node, name, 0, most);
  }
}
