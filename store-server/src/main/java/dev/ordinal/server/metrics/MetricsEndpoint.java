package dev.ordinal.server.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.ListenFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /metrics}, {@code /health} and {@code /ready} over plain HTTP: a few requests a minute, by
 * the server that comes with the JDK. Nothing can be changed through it.
 */
public final class MetricsEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsEndpoint.class);
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  /** Two, so that who asks slowly does not hold up the probe that decides on a restart. */
  private static final int THREADS = 2;

  private final ServerMetrics metrics;
  private final HttpServer http;
  private final ExecutorService threads;
  private final HostPort address;

  /** What is answered. */
  private record Page(int status, String type, String text) {
    static Page of(int status, String line) {
      return new Page(status, TEXT, line + "\n");
    }
  }

  private MetricsEndpoint(ServerMetrics metrics, HttpServer http, HostPort wanted) {
    this.metrics = metrics;
    this.http = http;
    this.address = wanted.withPort(http.getAddress().getPort());
    this.threads =
        Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("metrics-", 0).daemon().factory());
  }

  /** Throws {@link ListenFailure} if {@code wanted} cannot be listened on. */
  public static MetricsEndpoint open(HostPort wanted, ServerMetrics metrics) {
    boundRequests();
    HttpServer http;
    try {
      http = HttpServer.create(wanted.socketAddress(), 0);
    } catch (IOException e) {
      throw new ListenFailure(
          "cannot listen on %s for metrics: %s; choose another port, or stop what uses it"
              .formatted(wanted, e.getMessage()),
          e);
    }
    MetricsEndpoint endpoint = new MetricsEndpoint(metrics, http, wanted);
    http.setExecutor(endpoint.threads);
    http.createContext("/", endpoint::answer);
    http.start();
    LOG.info("listening on {} for metrics", endpoint.address);
    return endpoint;
  }

  /** The JDK's server waits forever for the rest of a request unless it is told, in this way. */
  private static void boundRequests() {
    System.setProperty("sun.net.httpserver.maxReqTime", "5");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    System.setProperty("jdk.httpserver.maxConnections", "64");
  }

  /** The address with the port that was really taken. */
  public HostPort address() {
    return address;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      boolean head = method.equals("HEAD");
      Page page =
          head || method.equals("GET")
              ? page(exchange.getRequestURI().getPath())
              : Page.of(HttpURLConnection.HTTP_BAD_METHOD, "GET and HEAD only");
      byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", page.type());
      exchange.sendResponseHeaders(page.status(), head ? -1 : body.length);
      if (!head) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      }
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("could not answer who asked for metrics");
      throw e;
    }
  }

  private Page page(String path) {
    return switch (path) {
      case "/metrics" -> figures();
      case "/health" -> Page.of(HttpURLConnection.HTTP_OK, "alive");
      case "/ready" -> ready(metrics.readiness());
      default -> Page.of(HttpURLConnection.HTTP_NOT_FOUND, "here are /metrics, /health, /ready");
    };
  }

  private Page figures() {
    String text = metrics.scrape();
    return text == null
        ? Page.of(HttpURLConnection.HTTP_UNAVAILABLE, "stopping")
        : new Page(HttpURLConnection.HTTP_OK, PROMETHEUS, text);
  }

  private static Page ready(Readiness is) {
    return Page.of(
        is.ready() ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE, is.why());
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
