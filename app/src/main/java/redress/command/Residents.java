package redress.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import redress.command.Casting.Part;
import redress.command.Doorman.Guest;
import redress.policy.Role;

/** The invented people of the living centre: ten buyers, three merchants, and staff of every role. */
final class Residents implements Casting {
  /** The buyers, of whom the first and the second are shown in. */
  static final List<Part> BUYERS = List.of(
      buyer("li-na", "Li Na", "EN"), buyer("wang-wei", "王伟", "ZH"), buyer("zhao-lei", "赵磊", "ZH"),
      buyer("maria-santos", "Maria Santos", "EN"), buyer("chen-jie", "陈洁", "ZH"), buyer("tom-baker", "Tom Baker", "EN"),
      buyer("amina-diallo", "Amina Diallo", "EN"), buyer("sun-hao", "孙浩", "ZH"),
      buyer("jane-smith", "Jane Smith", "EN"),
      buyer("wu-ming", "吴明", "ZH"));
  private static final Part CARDS = new Part("harbour-cards", "Harbour Cards", "Asia/Shanghai", "EN");
  private static final Part WALLET = new Part("lantern-wallet", "Lantern Wallet", "Asia/Shanghai", "ZH");
  private static final Part BANK = new Part("maple-bank", "Maple Bank", "Asia/Shanghai", "EN");
  /** The merchants. */
  static final List<Part> MERCHANTS = List.of(CARDS, WALLET, BANK);
  private static final Map<Role, String> STAFF =
      Map.of(Role.PLATFORM, "market", Role.MEDIATOR, "chen", Role.MEDIATOR_LEAD, "wang", Role.VERIFIER, "zhou",
          Role.FINANCE, "qian", Role.SUPPORT, "sun", Role.AUDITOR, "feng", Role.ADMIN, "ye");

  private static final long AGENTS_LIMIT = 50_000;

  /** Everybody who is let in: two buyers, the merchants' people, staff of every role. */
  static List<Guest> guests() {
    var guests = new ArrayList<>(List.of(Guest.of(Role.BUYER, BUYERS.get(0).id()),
        Guest.of(Role.BUYER, BUYERS.get(1).id())));
    MERCHANTS.forEach(it -> guests.add(Guest.of(Role.MERCHANT_OWNER, it.id())));
    guests.add(new Guest(Role.MERCHANT_AGENT, CARDS.id(), CARDS.id() + ".agent", AGENTS_LIMIT, "/"));
    guests.add(new Guest(Role.MERCHANT_VIEWER, CARDS.id(), CARDS.id() + ".viewer", null, "/"));
    for (var role : Role.values()) if (role.isStaff()) guests.add(Guest.of(role, name(role)));
    return List.copyOf(guests);
  }

  /** The first of them with this role. Throws {@link Trouble} for a role that nobody comes in with. */
  static Guest guest(Role role) {
    return guests().stream().filter(it -> it.role() == role).findFirst()
        .orElseThrow(() -> new Trouble("nobody comes in with a browser as " + role));
  }

  private static Part buyer(String id, String name, String language) {
    return new Part(id, name, "Asia/Shanghai", language);
  }

  @Override public Part buyer(Complaint complaint) {
    return BUYERS.get((int) (complaint.id() % BUYERS.size()));
  }

  @Override public Part merchant(Complaint complaint) {
    var product = complaint.product().toLowerCase(Locale.ROOT);
    if (product.contains("card")) return CARDS;
    return product.contains("money") ? WALLET : BANK;
  }

  @Override public String staff(Role role) {
    return name(role);
  }

  private static String name(Role role) {
    var name = STAFF.get(role);
    return role.name().toLowerCase(Locale.ROOT).replace('_', '-') + (name == null ? "" : "-" + name);
  }
}
