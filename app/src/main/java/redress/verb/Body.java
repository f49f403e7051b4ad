package redress.verb;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.door.Fault;
import redress.policy.CardNumbers;
import redress.store.Text;
import redress.verb.Field.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON object of a request, or an object in it, read strictly against the fields that may be there: unknown and
 * doubled fields, wrong types and impossible values are turned away and named by their path.
 */
public final class Body {
  private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).maxNumberLength(40)
          .maxNameLength(100).maxStringLength(200_000).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final ObjectNode node;
  private final String path;
  private final Map<String, Field> fields;

  private Body(ObjectNode node, String path, Map<String, Field> fields) {
    this.node = node;
    this.path = path;
    this.fields = fields;
    node.propertyNames().forEach(name -> {
      if (!fields.containsKey(name)) throw Fault.FIELD_UNKNOWN.away(path + printable(name));
    });
    for (var field : fields.values()) {
      if (field.required() && !has(field.name())) throw Fault.FIELD_MISSING.away(path + field.name());
    }
  }

  /** Reads {@code bytes}; nothing at all stands for an empty object. */
  public static Body of(byte[] bytes, Map<String, Field> fields) {
    if (bytes.length == 0) return new Body(JSON.createObjectNode(), "", fields);
    try {
      if (JSON.readTree(bytes) instanceof ObjectNode node) {
        mustBeKept(node, "");
        return new Body(node, "", fields);
      }
    } catch (JacksonException e) {
      throw Fault.JSON_MALFORMED.away();
    }
    throw Fault.JSON_MALFORMED.away();
  }

  /** Turns away any text, wherever it stands, that cannot be kept: one place for all fields there are and will be. */
  private static void mustBeKept(JsonNode node, String path) {
    if (node.isString() && !Text.canBeKept(node.stringValue())) throw Fault.TEXT_UNREADABLE.away(path);
    var before = path.isEmpty() ? "" : path + ".";
    node.properties().forEach(field -> mustBeKept(field.getValue(), before + printable(field.getKey())));
    if (!node.isArray()) return;
    for (int i = 0; i < node.size(); i++) {
      var element = node.get(i);
      mustBeKept(element, element.isContainer() ? path + "[" + i + "]" : path);
    }
  }

  /** Whether the field is there and not null. */
  public boolean has(String name) {
    var value = node.get(name);
    return value != null && !value.isNull();
  }

  /** A text that people read, stripped; empty when absent. One that holds a card number is turned away. */
  public String text(String name) {
    var text = textual(name).strip();
    if (CardNumbers.isIn(text)) throw Fault.CARD_NUMBER.away(path + name);
    return text;
  }

  /** What a carrier or a provider calls something, which may look like a card number; empty when absent. */
  public String reference(String name) {
    return textual(name).strip();
  }

  /** An id, name or token; empty when absent. */
  public String id(String name) {
    var id = textual(name);
    if (!id.codePoints().allMatch(c -> c > ' ' && c != 0x7f)) throw Fault.TEXT_UNREADABLE.away(path + name);
    return id.strip();
  }

  /** A whole number from 0 up to the field's bound; 0 when absent. */
  public long number(String name) {
    var value = get(name, Kind.NUMBER);
    if (value == null) return 0;
    if (!value.isNumber()) throw Fault.FIELD_TYPE.away(path + name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) throw Fault.NUMBER_OUT_OF_RANGE.away(path + name);
    long number = value.longValue();
    if (number < 0 || number > field(name).max()) throw Fault.NUMBER_OUT_OF_RANGE.away(path + name);
    return number;
  }

  /** A yes or no; no when absent. */
  public boolean flag(String name) {
    var value = get(name, Kind.FLAG);
    if (value == null) return false;
    if (!value.isBoolean()) throw Fault.FIELD_TYPE.away(path + name);
    return value.booleanValue();
  }

  /** One of the listed values, null when absent. */
  public <E extends Enum<E>> @Nullable E optional(String name, Class<E> type) {
    var value = get(name, Kind.CHOICE);
    return value == null ? null : constant(name, value, type);
  }

  /** One of the listed values. */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    var value = optional(name, type);
    if (value == null) throw Fault.FIELD_MISSING.away(path + name);
    return value;
  }

  /** Some of the listed values; none when absent. */
  public <E extends Enum<E>> Set<E> choices(String name, Class<E> type) {
    var all = EnumSet.noneOf(type);
    for (var value : elements(name, Kind.CHOICES)) all.add(constant(name, value, type));
    return all;
  }

  /** Ids; none when absent. */
  public List<String> ids(String name) {
    var all = new LinkedHashSet<String>();
    for (var value : elements(name, Kind.IDS)) {
      if (!value.isString()) throw Fault.FIELD_TYPE.away(path + name);
      all.add(bounded(name, value.stringValue(), Field.id(name, "").max()).strip());
    }
    return List.copyOf(all);
  }

  /** A length of time, null when absent. */
  public @Nullable Duration duration(String name) {
    if (!has(name)) return null;
    try {
      var duration = Duration.parse(textual(name));
      if (duration.isNegative() || duration.toDays() > 3_660) throw Fault.FIELD_VALUE.away(path + name);
      return duration;
    } catch (DateTimeParseException | ArithmeticException e) {
      throw Fault.FIELD_VALUE.away(path + name);
    }
  }

  /** An instant, null when absent. */
  public @Nullable Instant instant(String name) {
    if (!has(name)) return null;
    try {
      var instant = Instant.parse(textual(name));
      if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) throw Fault.FIELD_VALUE.away(path + name);
      return instant;
    } catch (DateTimeException e) {
      throw Fault.FIELD_VALUE.away(path + name);
    }
  }

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /** An object in this one, null when absent. */
  public @Nullable Body object(String name, Map<String, Field> inner) {
    if (!has(name)) return null;
    if (node.get(name) instanceof ObjectNode object) return new Body(object, path + name + ".", inner);
    throw Fault.FIELD_TYPE.away(path + name);
  }

  /** The objects of a list in this one; none when absent. */
  public List<Body> objects(String name, Map<String, Field> inner) {
    var all = new ArrayList<Body>();
    for (var value : elements(name, field(name).kind())) {
      if (!(value instanceof ObjectNode object)) throw Fault.FIELD_TYPE.away(path + name);
      all.add(new Body(object, path + name + "[" + all.size() + "].", inner));
    }
    return all;
  }

  /** The path of a field of this object, for messages. */
  public String at(String name) {
    return path + name;
  }

  private Field field(String name) {
    var field = fields.get(name);
    if (field == null) throw new IllegalStateException("no field " + path + name);
    return field;
  }

  private @Nullable JsonNode get(String name, Kind kind) {
    if (field(name).kind() != kind) throw new IllegalStateException(path + name + " is no " + kind);
    return has(name) ? node.get(name) : null;
  }

  private List<JsonNode> elements(String name, Kind kind) {
    var value = get(name, kind);
    if (value == null) return List.of();
    if (!value.isArray()) throw Fault.FIELD_TYPE.away(path + name);
    if (value.size() > 100) throw Fault.NUMBER_OUT_OF_RANGE.away(path + name);
    return List.copyOf(value.values());
  }

  private String textual(String name) {
    var field = field(name);
    if (!has(name)) return "";
    var value = node.get(name);
    if (!value.isString()) throw Fault.FIELD_TYPE.away(path + name);
    return bounded(name, value.stringValue(), field.max());
  }

  private String bounded(String name, String text, long max) {
    if (max > 0 && text.codePointCount(0, text.length()) > max) throw Fault.TEXT_TOO_LONG.away(path + name);
    return text;
  }

  private <E extends Enum<E>> E constant(String name, JsonNode value, Class<E> type) {
    if (!value.isString()) throw Fault.FIELD_TYPE.away(path + name);
    for (var constant : type.getEnumConstants()) {
      if (constant.name().equals(value.stringValue())) {
        if (field(name).choices().contains(constant.name())) return constant;
        break;
      }
    }
    throw Fault.FIELD_VALUE.away(path + name);
  }

  public static String printable(String name) {
    return name.codePoints().allMatch(c -> c > ' ' && c < 0x7f) ? name : "?";
  }
}
