package redress.api;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import redress.verb.Field;
import redress.verb.Verbs;
import tools.jackson.databind.JsonNode;

/** JSON Schemas (2020-12) of what the API takes and gives, drawn from the fields and records themselves. */
final class Schemas {
  private final Map<String, Object> components = new TreeMap<>();
  private final Map<Class<?>, String> names = new HashMap<>();

  /** The schemas that others refer to, by name. */
  Map<String, Object> components() {
    return components;
  }

  /** A reference to the schema of a record; the schema itself goes into the components. */
  Map<String, Object> of(Class<?> type) {
    var name = names.get(type);
    if (name == null) {
      name = nameOf(type);
      names.put(type, name);
      components.put(name, Map.of());
      components.put(name, record(type));
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  /** Two rooms may have a word for different things: then the second is told by whose it is. */
  private String nameOf(Class<?> type) {
    var simple = type.getSimpleName().replaceAll("View$", "");
    var owner = type.getEnclosingClass();
    return names.containsValue(simple) && owner != null ? owner.getSimpleName() + simple : simple;
  }

  private Map<String, Object> record(Class<?> type) {
    var properties = new LinkedHashMap<String, Object>();
    for (var part : type.getRecordComponents()) properties.put(part.getName(), of(part.getAnnotatedType()));
    return object(properties, Arrays.stream(type.getRecordComponents()).map(part -> part.getName()).toList());
  }

  private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) schema.put("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }

  private Map<String, Object> of(AnnotatedType type) {
    var schema = plain(type);
    if (!type.isAnnotationPresent(Nullable.class)) return schema;
    return Map.of("anyOf", List.of(schema, Map.of("type", "null")));
  }

  private Map<String, Object> plain(AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType generic) {
      var arguments = generic.getAnnotatedActualTypeArguments();
      return arguments.length == 1 ? Map.of("type", "array", "items", of(arguments[0]))
          : Map.of("type", "object", "additionalProperties", of(arguments[1]));
    }
    return plain((Class<?>) type.getType());
  }

  private Map<String, Object> plain(Class<?> type) {
    if (type.isEnum()) return enumeration(Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
    if (type == Instant.class) return Map.of("type", "string", "format", "date-time");
    if (type == Duration.class) return Map.of("type", "string", "format", "duration");
    if (type == long.class || type == Long.class) return Map.of("type", "integer", "format", "int64");
    if (type == int.class || type == Integer.class) return Map.of("type", "integer", "format", "int32");
    if (type == boolean.class || type == Boolean.class) return Map.of("type", "boolean");
    if (JsonNode.class.isAssignableFrom(type)) return Map.of("type", "object");
    return type == String.class ? Map.of("type", "string") : of(type);
  }

  private static Map<String, Object> enumeration(List<String> values) {
    return Map.of("type", "string", "enum", values);
  }

  /** The schema of a request body with these fields. */
  Map<String, Object> body(Map<String, Field> fields) {
    var properties = new LinkedHashMap<String, Object>();
    fields.values().forEach(field -> properties.put(field.name(), field(field)));
    return object(properties, fields.values().stream().filter(Field::required).map(Field::name).toList());
  }

  /** The schema of one field or parameter. */
  Map<String, Object> field(Field field) {
    var schema = new LinkedHashMap<String, Object>(switch (field.kind()) {
      case TEXT, ID -> Map.<String, Object>of("type", "string");
      case NUMBER -> Map.<String, Object>of("type", "integer", "format", "int64", "minimum", 0);
      case CHOICE -> enumeration(field.choices());
      case DURATION -> Map.<String, Object>of("type", "string", "format", "duration");
      case INSTANT -> Map.<String, Object>of("type", "string", "format", "date-time");
      case FLAG -> Map.<String, Object>of("type", "boolean");
      case IDS -> Map.<String, Object>of("type", "array", "items", Map.of("type", "string"));
      case CHOICES -> Map.<String, Object>of("type", "array", "items", enumeration(field.choices()));
      case TERMS -> shared("TermsWanted", Verbs.TERMS);
      case ASKED -> Map.<String, Object>of("type", "array", "items", shared("EvidenceWanted", Verbs.ASKED));
      case FILE -> Map.<String, Object>of("type", "array", "items", Map.of("type", "string", "format", "binary"));
      case PROMISES -> Map.<String, Object>of("type", "array", "items", shared("PromiseWanted", Verbs.PROMISE));
    });
    if (field.max() > 0) schema.put(bound(field), field.max());
    if (!schema.containsKey("$ref")) schema.put("description", field.about());
    return schema;
  }

  private static String bound(Field field) {
    return switch (field.kind()) {
      case NUMBER -> "maximum";
      case IDS, CHOICES, ASKED, PROMISES, FILE -> "maxItems";
      case TEXT, ID, CHOICE, DURATION, INSTANT, FLAG, TERMS -> "maxLength";
    };
  }

  private Map<String, Object> shared(String name, Map<String, Field> fields) {
    if (!components.containsKey(name)) components.put(name, body(fields));
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  /** One text per value, parted by commas, as query parameters hold lists. */
  Map<String, Object> parameter(Field field) {
    if (field.kind() != Field.Kind.CHOICES) return field(field);
    var one = String.join("|", new ArrayList<>(field.choices()));
    return Map.of("type", "string", "pattern", "^(" + one + ")(,(" + one + "))*$", "description", field.about());
  }
}
