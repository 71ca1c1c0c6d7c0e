package dev.kmq.web.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Serves a folder on the loopback interface, below a path, as a strict static server does: every
 * answer, those for workers included, has a policy that lets no text become code. As on some, the
 * page has one address: index.html is redirected to the folder.
 */
final class SiteServer {
  /** A folder of the server, with a character that must be escaped. */
  private static final String FOLDER = "/tools/a page/";

  /** The policy that the README recommends. */
  static final String POLICY =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'"
          + " blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'";

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css",
          "html", "text/html",
          "js", "text/javascript",
          "svg", "image/svg+xml",
          "wasm", "application/wasm",
          "webmanifest", "application/manifest+json");

  private final HttpServer server;
  private volatile Path site;

  SiteServer(Path site) throws IOException {
    this.site = site;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The address of the page. */
  URI address() {
    String folder = FOLDER.replace(" ", "%20");
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + folder);
  }

  /** Serves another folder from now on. */
  void serve(Path other) {
    site = other;
  }

  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String name = path.startsWith(FOLDER) ? path.substring(FOLDER.length()) : "";
      if (name.equals("index.html")) {
        exchange.getResponseHeaders().set("Location", address().getRawPath());
        exchange.sendResponseHeaders(301, -1);
        return;
      }
      Path file = site.resolve(name.isEmpty() ? "index.html" : name);
      if (!path.startsWith(FOLDER) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String suffix = name.isEmpty() ? "html" : name.substring(name.lastIndexOf('.') + 1);
      byte[] bytes = Files.readAllBytes(file);
      String type = TYPES.getOrDefault(suffix.toLowerCase(Locale.ROOT), "application/octet-stream");
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
      exchange.getResponseHeaders().set("Cache-Control", "max-age=3600");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
