package dev.kmq.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One self-contained HTML file: the page of the resources with its style, its scripts, the decoder
 * of the specification, and data as JSON. Its policy lets it load nothing from anywhere and run no
 * other script, whatever the data contain.
 */
final class HtmlPage {
  private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");
  private static final JsonFactory JSON =
      new JsonFactoryBuilder().characterEscapes(new ScriptEscapes()).build();

  /** Writes the fields of the data. */
  @FunctionalInterface
  interface Data {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private HtmlPage() {}

  /** Writes a page; the stream stays open. */
  static void write(OutputStream out, String title, Data data) throws IOException {
    String style = resource("page/page.css");
    String script = ModuleBundle.of("page/main.js", HtmlPage::resource);
    String template = resource("page/page.html");
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    Matcher slot = SLOT.matcher(template);
    int at = 0;
    while (slot.find()) {
      writer.append(template, at, slot.start());
      at = slot.end();
      switch (slot.group(1)) {
        case "title" -> writer.append(escaped(title));
        case "styleHash" -> writer.append(hash(style));
        case "scriptHash" -> writer.append(hash(script));
        case "style" -> writer.append(style);
        case "script" -> writer.append(script);
        case "data" -> {
          JsonGenerator json = JSON.createGenerator(writer);
          json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
          json.writeStartObject();
          data.writeTo(json);
          json.writeEndObject();
          json.close();
        }
        default -> throw new IllegalStateException("page.html has a slot " + slot.group());
      }
    }
    writer.append(template, at, template.length());
    writer.flush();
  }

  /** A text resource with line feeds, as the parser of a browser hands it to the hash. */
  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
  }

  private static String hash(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  /** Escapes what could end or change the state of a script element, in addition to JSON's own. */
  private static final class ScriptEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      for (char c : new char[] {'<', '>', '&'}) {
        codes[c] = ESCAPE_STANDARD;
      }
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return null;
    }
  }
}
