package dev.kmq.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A headless Chromium, driven by its DevTools protocol. */
public final class Chromium {
  static final int SECONDS = 120;

  /** Errors of calls that a page does not answer, because it gives way to the next. */
  private static final String GONE =
      "Inspected target navigated or closed|(Execution context was|Cannot find .*context).*";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final Map<String, BlockingQueue<JsonNode>> events = new ConcurrentHashMap<>();

  private Chromium(Process process, URI address) throws Exception {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Messages())
            .get(SECONDS, TimeUnit.SECONDS);
  }

  /** Starts the browser; without one the test is skipped, or fails in CI. */
  public static Chromium start(Path profile) throws Exception {
    Process process = ChromiumProgram.start(profile);
    return new Chromium(process, ChromiumProgram.address(process, profile));
  }

  private BlockingQueue<JsonNode> queue(String session) {
    return events.computeIfAbsent(session, s -> new LinkedBlockingQueue<>());
  }

  /** Opens an empty tab. */
  public Tab tab() throws Exception {
    ObjectNode target = JSON.createObjectNode().put("url", "about:blank");
    String id = call(null, "Target.createTarget", target).get("targetId").asText();
    ObjectNode attached = JSON.createObjectNode().put("targetId", id).put("flatten", true);
    String session = call(null, "Target.attachToTarget", attached).get("sessionId").asText();
    return new Tab(session, id);
  }

  private JsonNode call(@Nullable String session, String method, ObjectNode params)
      throws Exception {
    JsonNode answered = answer(session, method, params);
    assertTrue(answered.has("result"), () -> method + ": " + answered);
    return answered.get("result");
  }

  private JsonNode answer(@Nullable String session, String method, ObjectNode params)
      throws Exception {
    Jitter.pause();
    int id = ids.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", params);
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    calls.put(id, answer);
    send(message);
    return answer.get(SECONDS, TimeUnit.SECONDS);
  }

  /** Sends a message; the socket takes one at a time. */
  private synchronized void send(ObjectNode message) {
    try {
      socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The directory that downloads go to; without one they are refused. */
  public void downloads(Path folder) throws Exception {
    ObjectNode params = JSON.createObjectNode();
    params.put("behavior", "allow").put("downloadPath", folder.toString());
    call(null, "Browser.setDownloadBehavior", params);
  }

  /** Ends the browser. */
  public void stop() throws Exception {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    call(null, "Browser.close", JSON.createObjectNode());
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      all.forEach(ProcessHandle::destroyForcibly);
    }
    for (ProcessHandle one : all) {
      one.onExit().get(SECONDS, TimeUnit.SECONDS);
    }
  }

  private final class Messages implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          receive(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void receive(JsonNode message) {
      if (message.has("id")) {
        CompletableFuture<JsonNode> call = calls.remove(message.get("id").asInt());
        if (call != null) {
          call.complete(message);
        }
      } else if (message.has("sessionId")) {
        String session = message.get("sessionId").asText();
        queue(session).add(message);
        if (message.get("method").asText().equals("Target.attachedToTarget")) {
          watch(message.get("params").get("sessionId").asText(), session);
        }
      }
    }

    /** Records what a worker logs and requests with the events of its page, and lets it run. */
    private void watch(String worker, String page) {
      events.put(worker, queue(page));
      for (String method :
          List.of(
              "Runtime.enable",
              "Log.enable",
              "Network.enable",
              "Runtime.runIfWaitingForDebugger")) {
        ObjectNode message = JSON.createObjectNode().put("id", ids.incrementAndGet());
        send(message.put("method", method).put("sessionId", worker));
      }
    }
  }

  /** A tab; what its page logs and requests is recorded. */
  public final class Tab {
    private final String session;
    private final String target;
    private final Pointer pointer = new Pointer(this);
    private final List<String> problems = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    private Tab(String session, String target) throws Exception {
      this.session = session;
      this.target = target;
      for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
        call(domain + ".enable", "{}");
      }
      call("Page.setLifecycleEventsEnabled", "{\"enabled\": true}");
      Jitter.delay(this);
      call(
          "Target.setAutoAttach",
          "{\"autoAttach\": true, \"waitForDebuggerOnStart\": true, \"flatten\": true}");
    }

    /** Calls a method with parameters as JSON. */
    public JsonNode call(String method, String params) throws Exception {
      return Chromium.this.call(session, method, (ObjectNode) JSON.readTree(params));
    }

    /** Opens a file and waits until it is loaded and its scripts have run. */
    public void open(Path file) throws Exception {
      open(file.toUri());
    }

    /** Opens a page and waits until it is loaded and its scripts have run. */
    public void open(URI address) throws Exception {
      ObjectNode params = JSON.createObjectNode().put("url", address.toString());
      JsonNode loader = Chromium.this.call(session, "Page.navigate", params).get("loaderId");
      JsonNode event;
      do {
        event = queue(session).poll(SECONDS, TimeUnit.SECONDS);
        assertTrue(event != null, "the page is not loaded");
        record(event);
      } while (!isLoad(event, loader));
      evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /** Whether this document is loaded, not the one before. */
    private static boolean isLoad(JsonNode event, JsonNode loader) {
      return event.get("method").asText().equals("Page.lifecycleEvent")
          && event.get("params").get("name").asText().equals("load")
          && event.get("params").get("loaderId").equals(loader);
    }

    private void record(JsonNode event) {
      JsonNode params = event.get("params");
      switch (event.get("method").asText()) {
        case "Network.requestWillBeSent" -> requests.add(params.get("request").get("url").asText());
        case "Runtime.exceptionThrown" -> problems.add(params.toString());
        case "Log.entryAdded" -> problems.add(params.get("entry").toString());
        case "Runtime.consoleAPICalled" -> problems.add(params.toString());
        case "Page.javascriptDialogOpening" -> problems.add(params.toString());
        default -> {}
      }
    }

    private void recordAll() {
      List<JsonNode> all = new ArrayList<>();
      queue(session).drainTo(all);
      all.forEach(this::record);
    }

    /** Everything that the page logged, and its exceptions. */
    public List<String> problems() {
      recordAll();
      return problems;
    }

    /** The addresses of all requests. */
    public List<String> requests() {
      recordAll();
      return requests;
    }

    private JsonNode answer(String expression) throws Exception {
      ObjectNode params =
          JSON.createObjectNode()
              .put("expression", expression)
              .put("returnByValue", true)
              .put("awaitPromise", true);
      return Chromium.this.answer(session, "Runtime.evaluate", params);
    }

    private static JsonNode value(JsonNode answer) {
      JsonNode result = answer.get("result");
      assertTrue(result != null && !result.has("exceptionDetails"), answer::toString);
      JsonNode value = result.get("result").get("value");
      return value == null ? JSON.nullNode() : value;
    }

    /** The value of an expression; promises are awaited. */
    public JsonNode evaluate(String expression) throws Exception {
      return value(answer(expression));
    }

    /** Whether an expression is true; it is not where a page gives way to the next. */
    boolean isTrue(String expression) throws Exception {
      JsonNode answer = answer(expression);
      String error = answer.path("error").path("message").asText();
      return !error.matches(GONE) && value(answer).asBoolean();
    }

    /** Waits until an expression is true. */
    public void await(String expression) throws Exception {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (!isTrue(expression)) {
        if (System.nanoTime() > end) {
          fail("not reached: " + expression + ", on " + evaluate("document.body.innerText"));
        }
        Thread.sleep(20);
      }
    }

    /** Types text where the focus is. */
    public void type(String text) throws Exception {
      ObjectNode params = JSON.createObjectNode().put("text", text);
      Chromium.this.call(session, "Input.insertText", params);
    }

    /** Chooses a file in an input. */
    public void choose(String selector, Path file) throws Exception {
      ObjectNode find =
          JSON.createObjectNode().put("expression", "document.querySelector('" + selector + "')");
      JsonNode input = Chromium.this.call(session, "Runtime.evaluate", find).get("result");
      ObjectNode params = JSON.createObjectNode();
      params.putArray("files").add(file.toString());
      params.put("objectId", input.get("objectId").asText());
      Chromium.this.call(session, "DOM.setFileInputFiles", params);
    }

    /** Presses a key such as {@code ArrowRight}. */
    public void key(String key, int code) throws Exception {
      for (String type : List.of("keyDown", "keyUp")) {
        ObjectNode params =
            JSON.createObjectNode()
                .put("type", type)
                .put("key", key)
                .put("code", key)
                .put("windowsVirtualKeyCode", code);
        if (type.equals("keyDown") && (key.equals("Enter") || key.length() == 1)) {
          params.put("text", key.equals("Enter") ? "\r" : key);
        }
        Chromium.this.call(session, "Input.dispatchKeyEvent", params);
      }
    }

    /** Drags from one place to another, in pixels of the window. */
    public void drag(double x, double y, double toX) throws Exception {
      pointer.drag(x, y, toX);
    }

    /** Clicks in the middle of an element, once it does not move and is not disabled. */
    public void click(String selector) throws Exception {
      pointer.click(selector);
    }

    /** Drags a finger. */
    public void swipe(double x, double y, double toX) throws Exception {
      pointer.swipe(x, y, toX);
    }

    /** Gives the window the size of a device. */
    public void size(int width, int height, boolean phone) throws Exception {
      call(
          "Emulation.setDeviceMetricsOverride",
          "{\"width\": %d, \"height\": %d, \"deviceScaleFactor\": %d, \"mobile\": %b}"
              .formatted(width, height, phone ? 2 : 1, phone));
      call("Emulation.setTouchEmulationEnabled", "{\"enabled\": %b}".formatted(phone));
    }

    /** Prefers dark or light pages. */
    public void scheme(String scheme) throws Exception {
      call(
          "Emulation.setEmulatedMedia",
          "{\"features\": [{\"name\": \"prefers-color-scheme\", \"value\": \"%s\"}]}"
              .formatted(scheme));
    }

    /** Closes the tab, and waits until it is gone. */
    public void close() throws Exception {
      call("Page.close", "{}");
      ObjectNode all = JSON.createObjectNode();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (Chromium.this.call(null, "Target.getTargets", all).toString().contains(target)) {
        assertTrue(System.nanoTime() < end, "the tab does not close");
        Thread.sleep(5);
      }
    }

    /** The whole page as PNG. */
    public byte[] screenshot() throws Exception {
      return call("Page.captureScreenshot", "{\"captureBeyondViewport\": true}")
          .get("data")
          .binaryValue();
    }
  }
}
