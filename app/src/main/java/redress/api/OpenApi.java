package redress.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redress.api.Operations.Operation;
import redress.door.Problem;
import redress.verb.Field;
import redress.verb.Verbs;
import redress.view.DisputeView;
import tools.jackson.databind.JsonNode;

/** The OpenAPI 3.1 document, drawn from the table of operations, the fields and the records that are answered. */
final class OpenApi {
  private final Schemas schemas = new Schemas();

  private OpenApi() {}

  /** The document as plain maps and lists. */
  static Map<String, Object> describe() {
    return new OpenApi().document();
  }

  private Map<String, Object> document() {
    var paths = new TreeMap<String, Object>();
    for (var operation : Operations.ALL) {
      @SuppressWarnings("unchecked") var methods =
          (Map<String, Object>) paths.computeIfAbsent(operation.path(), _ -> new TreeMap<String, Object>());
      methods.put(operation.method(), describe(operation));
    }
    var document = new LinkedHashMap<String, Object>();
    document.put("openapi", "3.1.0");
    document.put("info", Map.of("title", "Redress", "version", "1", "description", ABOUT));
    document.put("servers", List.of(Map.of("url", "/")));
    document.put("paths", paths);
    document.put("components", Map.of("schemas", schemas.components(), "securitySchemes",
        Map.of("bearer", Map.of("type", "http", "scheme", "bearer"))));
    document.put("security", List.of(Map.of("bearer", List.of())));
    return document;
  }

  private Map<String, Object> describe(Operation it) {
    var described = new LinkedHashMap<String, Object>();
    described.put("operationId", it.id());
    described.put("summary", it.summary());
    described.put("tags", List.of(it.path().split("/", -1)[2]));
    if (it.who().isEmpty()) described.put("security", List.of());
    else described.put("x-roles", it.who().stream().sorted().map(Enum::name).toList());
    described.put("parameters", parameters(it));
    if (Operations.RAW.equals(it.body())) {
      described.put("requestBody", Map.of("required", true, "content",
          Map.of("*/*", Map.of("schema", Map.of("type", "string", "format", "binary")))));
    } else if (Operations.FILES.equals(it.body())) {
      described.put("requestBody", Map.of("required", false, "content",
          Map.of("multipart/form-data", Map.of("schema", schemas.body(Operations.FILES)))));
    } else if (it.body() != null) {
      boolean needed = it.body().values().stream().anyMatch(Field::required);
      described.put("requestBody", Map.of("required", needed, "content",
          Map.of("application/json", Map.of("schema", schemas.body(it.body())))));
    }
    described.put("responses", responses(it));
    return described;
  }

  private List<Object> parameters(Operation it) {
    var all = new ArrayList<Object>();
    for (var name : Operations.names(it.path())) {
      var schema = name.equals("number") ? Map.of("type", "integer", "minimum", 1) : Map.of("type", "string");
      all.add(Map.of("name", name, "in", "path", "required", true, "schema", schema));
    }
    for (var field : it.parameters().values()) {
      all.add(Map.of("name", field.name(), "in", "query", "required", false, "schema", schemas.parameter(field)));
    }
    if (it.method().equals("post")) {
      boolean needed = it.id().length() > 0 && (Verbs.MONEY.contains(upper(it.id()))
          || Operations.MONEY.contains(it.id()));
      all.add(header("Idempotency-Key", needed, "Makes a repeat safe: it gets the one answer."));
      all.add(header("If-Match", false, "The version of the dispute you have seen, from its ETag."));
      all.add(header("Prefer", false, "return=minimal: id, version and status are enough."));
    }
    if (it.method().equals("put")) all.add(header("Prefer", false, "return=minimal: the status is enough."));
    all.add(header("Accept-Language", false, "en or zh, for the words in the answer."));
    return all;
  }

  private static Map<String, Object> header(String name, boolean needed, String about) {
    return Map.of("name", name, "in", "header", "required", needed, "description", about, "schema",
        Map.of("type", "string"));
  }

  private Map<String, Object> responses(Operation it) {
    var all = new TreeMap<String, Object>();
    all.put(Integer.toString(it.status()), success(it));
    // Registering again what is there already.
    if (it.status() == 201 && (it.method().equals("put") || it.id().equals("closeDay"))) all.put("200", success(it));
    var problem = Map.of("description", "Why not, with a stable code.", "content",
        Map.of("application/problem+json", Map.of("schema", schemas.of(Problem.class))));
    all.put("default", problem);
    return all;
  }

  private Map<String, Object> success(Operation it) {
    if (it.answer() == null) return Map.of("description", "Done.");
    if (it.answer() == byte[].class) {
      // Bytes of any kind have no schema in OpenAPI 3.1.
      return Map.of("description", it.summary(), "content", Map.of("*/*", Map.of()));
    }
    if (it.answer() == String.class) {
      return Map.of("description", it.summary(), "content",
          Map.of("text/csv", Map.of("schema", Map.of("type", "string"))));
    }
    if (it.answer() == JsonNode.class) {
      return Map.of("description", it.summary(), "content",
          Map.of("application/json", Map.of("schema", Map.of("type", "object"))));
    }
    if (it.answer() == byte[].class) return Map.of("description", it.summary(), "content", file(it.path()));
    Map<String, Object> schema = schemas.of(it.answer());
    if (it.answer() == DisputeView.class && !it.method().equals("get")) {
      schema = Map.of("anyOf", List.of(schema, schemas.of(Answers.Done.class)));
    }
    return Map.of("description", it.summary(), "content", Map.of("application/json", Map.of("schema", schema)));
  }

  /** What comes as a file says by its address what it is. */
  private static Map<String, Object> file(String path) {
    var bytes = Map.of("schema", Map.of("type", "string"));
    if (path.endsWith("/bundle")) return Map.of("application/zip", bytes);
    if (path.contains("log/")) {
      return Map.of(path.contains("/checkpoint") ? "text/plain" : "application/octet-stream", bytes);
    }
    return switch (path.substring(path.lastIndexOf('.'))) {
      case ".jws" -> Map.of("application/jose", bytes, "application/jose+json", bytes);
      case ".pdf" -> Map.of("application/pdf", bytes);
      case ".png" -> Map.of("image/png", bytes);
      case ".svg" -> Map.of("image/svg+xml", bytes);
      default -> throw new IllegalStateException(path);
    };
  }

  private static String upper(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static final String ABOUT = """
      Payment disputes from filing to a verified result. Amounts are whole numbers of the currency's minor unit,
      instants are UTC (ISO 8601), durations ISO 8601. Every dispute says in availableActions what you may do now,
      until when, and what silence does. Problems follow RFC 9457 with a stable code and the field that is wrong.""";
}
