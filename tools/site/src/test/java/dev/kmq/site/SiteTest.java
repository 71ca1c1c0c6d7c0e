package dev.kmq.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The site that the build has made: its links, and what its pages have in common. */
final class SiteTest {
  private static final Path SITE = Path.of(System.getProperty("kmq.site"));

  /** Documents of the site and of the Javadoc, by their paths below the site. */
  private static final Map<String, Document> PAGES = new TreeMap<>();

  private static final Map<String, Set<String>> ANCHORS = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    try (Stream<Path> files = Files.walk(SITE)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".html")).toList()) {
        String path = SITE.relativize(file).toString().replace('\\', '/');
        // The web page of the codec has tests of its own.
        if (!path.startsWith("try/")) {
          Document page = Jsoup.parse(file.toFile(), "UTF-8");
          PAGES.put(path, page);
          Set<String> anchors = new HashSet<>(page.select("[id]").eachAttr("id"));
          anchors.addAll(page.select("a[name]").eachAttr("name"));
          ANCHORS.put(path, anchors);
        }
      }
    }
  }

  private static Map<String, Document> own() {
    Map<String, Document> own = new TreeMap<>(PAGES);
    own.keySet().removeIf(path -> path.startsWith("api/"));
    return own;
  }

  private static Document page(String path) {
    return Objects.requireNonNull(PAGES.get(path), path);
  }

  @Test
  void everyMarkdownFileIsAPageOfTheMenu() throws IOException {
    Set<String> menu = new TreeSet<>();
    for (Element link : page("index.html").select("nav > ul > li > a")) {
      menu.add(link.attr("href"));
    }
    assertTrue(menu.containsAll(Navigation.OTHERS), menu.toString());
    menu.removeAll(Navigation.OTHERS);
    Set<String> pages = new TreeSet<>();
    Markdown.readAll(Path.of(System.getProperty("kmq.root")))
        .forEach(file -> pages.add(file.page()));
    assertEquals(pages, menu);
    assertTrue(own().keySet().containsAll(pages));
  }

  @Test
  void linksLeadToFilesAndAnchors() {
    List<String> broken = new ArrayList<>();
    int checked = 0;
    for (Map.Entry<String, Document> page : PAGES.entrySet()) {
      for (Element element : page.getValue().select("[href], [src]")) {
        String link = element.hasAttr("href") ? element.attr("href") : element.attr("src");
        // Javadoc 17 gives this table of contents a wrong anchor.
        boolean wrong = page.getKey().equals("api/constant-values.html") && link.startsWith("#");
        if (!Links.isExternal(link) && !wrong) {
          checked++;
          if (!exists(page.getKey(), link)) {
            broken.add(page.getKey() + ": " + link);
          }
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(checked > 5000, "only " + checked);
  }

  private static boolean exists(String page, String link) {
    int hash = link.indexOf('#');
    String name = hash < 0 ? link : link.substring(0, hash);
    String decoded = URLDecoder.decode(name.replaceFirst("\\?.*", ""), StandardCharsets.UTF_8);
    Path target =
        decoded.isEmpty() ? SITE.resolve(page) : SITE.resolve(page).resolveSibling(decoded);
    // A folder is not a page where no server adds index.html.
    if (!target.normalize().startsWith(SITE) || !Files.isRegularFile(target.normalize())) {
      return false;
    }
    String path = SITE.relativize(target.normalize()).toString().replace('\\', '/');
    String anchor = hash < 0 ? "" : link.substring(hash + 1);
    Set<String> anchors = ANCHORS.get(path);
    return anchor.isEmpty()
        || anchors == null // of a file that is no page
        || anchors.contains(anchor)
        || anchors.contains(URLDecoder.decode(anchor, StandardCharsets.UTF_8));
  }

  @Test
  void nothingIsFetchedFromOtherHosts() {
    List<String> fetched = new ArrayList<>();
    PAGES.forEach(
        (path, page) -> {
          page.select("[src]")
              .eachAttr("src")
              .forEach(source -> addExternal(fetched, path, source));
          page.select("link[href]")
              .eachAttr("href")
              .forEach(source -> addExternal(fetched, path, source));
          page.select("[style*=url]").forEach(element -> fetched.add(path + ": " + element));
        });
    assertEquals(List.of(), fetched);
  }

  private static void addExternal(List<String> fetched, String page, String source) {
    if (Links.isExternal(source) && !source.startsWith("data:") || source.startsWith("//")) {
      fetched.add(page + ": " + source);
    }
  }

  @Test
  void pagesHaveTitlesOneHeadingAndNoScript() {
    Set<String> titles = new TreeSet<>();
    own()
        .forEach(
            (path, page) -> {
              assertTrue(titles.add(page.title()), path + " has the title of another page");
              assertEquals(1, page.select("h1").size(), path);
              assertEquals(List.of(), page.select("script, [style], [onclick]"), path);
              assertFalse(page.html().contains("${"), path);
              Set<String> ids = new HashSet<>();
              page.select("[id]").eachAttr("id").forEach(id -> assertTrue(ids.add(id), path + id));
              for (Element image : page.select("img")) {
                assertFalse(image.attr("alt").isBlank(), path + ": " + image);
                assertTrue(Integer.parseInt(image.attr("width")) > 0, path);
              }
            });
    assertTrue(titles.size() > 15, titles.toString());
  }

  @Test
  void namesOfTypesAndPackagesLeadToTheReference() {
    Document page = page("docs/java.html");
    for (String link :
        List.of(
            "../api/dev.kmq.codec/dev/kmq/container/KmqReader.html",
            "../api/dev.kmq.codec/dev/kmq/container/package-summary.html",
            "../api/dev.kmq.imageio/dev/kmq/imageio/KmqImages.html")) {
      assertFalse(page.select("a[href=" + link + "]").isEmpty(), link);
    }
  }

  @Test
  void theReferenceLinksToTheJdkAndAcrossModules() {
    Document page = page("api/dev.kmq.imageio/dev/kmq/imageio/KmqImages.html");
    String jdk =
        "https://docs.oracle.com/en/java/javase/17/docs/api/java.desktop/java/awt/image/"
            + "BufferedImage.html";
    assertFalse(page.select("a[href=" + jdk + "]").isEmpty());
    String codec = "../../../../dev.kmq.codec/dev/kmq/image/PixelSource.html";
    assertFalse(page.select("a[href=" + codec + "]").isEmpty());
    assertFalse(
        page("api/index.html").select("a[href=./../index.html]").isEmpty(),
        "no way back to the site");
  }
}
