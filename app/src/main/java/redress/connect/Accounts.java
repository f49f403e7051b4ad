package redress.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The accounts at providers that the operator configured, as a JSON file lists them. */
public record Accounts(List<Account> all) {
  /** No account: only the wallet. */
  public static final Accounts NONE = new Accounts(List.of());

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** An account, and the provider it was opened as. */
  public record Opened(Account account, Provider provider) {}

  /** Throws IllegalArgumentException when two accounts share a name. */
  public Accounts {
    all = List.copyOf(all);
    var names = new HashSet<String>();
    for (var account : all) {
      if (account.name().equals(Wallet.NAME)) throw account.wrong("name", "is the built-in wallet's");
      if (!names.add(account.name())) throw account.wrong("name", "is another account's too");
    }
  }

  /**
   * Reads a list of objects with {@code name}, {@code kind}, {@code live} and whatever else the kind needs. Names of
   * files that hold secrets are relative to this file. Throws IllegalArgumentException that says which account and
   * which field is wrong.
   */
  public static Accounts read(Path file) {
    JsonNode list;
    try {
      list = JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw new IllegalArgumentException(file + " is no JSON"
          + (at == null ? "" : ": line " + at.getLineNr() + ", column " + at.getColumnNr()), e);
    }
    if (!list.isArray()) throw new IllegalArgumentException(file + " is no list of accounts");
    return new Accounts(list.valueStream().map(it -> account(it, file)).toList());
  }

  /** Each account as a provider. Throws IllegalArgumentException for one whose kind or settings are wrong. */
  public List<Opened> open(List<Connector> connectors) {
    var kinds = new TreeMap<String, Connector>();
    for (var connector : connectors) kinds.put(connector.kind(), connector);
    return all.stream().map(account -> {
      var connector = kinds.get(account.kind());
      if (connector == null)
        throw account.wrong("kind", "is " + account.kind() + ", not one of " + String.join(", ", kinds.keySet()));
      return new Opened(account, connector.open(account));
    }).toList();
  }

  private static Account account(JsonNode node, Path file) {
    if (!node.isObject()) throw new IllegalArgumentException("an account is no object but " + node.getNodeType());
    var name = node.path("name").asString("");
    if (!NAME.matcher(name).matches())
      throw new IllegalArgumentException("account '" + name + "': name needs 1 to 40 letters, digits, - and _");
    var settings = new LinkedHashMap<String, String>();
    for (var field : node.properties()) {
      if (!List.of("name", "kind", "live").contains(field.getKey())) put(settings, name, field, file);
    }
    var account = new Account(name, node.path("kind").asString(""), node.path("live").asBoolean(false), settings);
    account.kind().chars().findAny().orElseThrow(() -> account.wrong("kind", "is missing"));
    if (!node.path("live").isBoolean()) throw account.wrong("live", "has to be true or false");
    return account;
  }

  private static void put(Map<String, String> settings, String name, Map.Entry<String, JsonNode> field, Path file) {
    var key = field.getKey();
    if (!field.getValue().isValueNode() || field.getValue().isNull())
      throw new IllegalArgumentException(
          "account " + name + ": " + key + " has to be a text, a number or true or false");
    var value = field.getValue().asString();
    settings.put(key, key.endsWith(Account.FILE) && !value.isBlank() ? file.resolveSibling(value).toString() : value);
  }
}
