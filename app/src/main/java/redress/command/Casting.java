package redress.command;

import java.util.Locale;
import java.util.Map;
import redress.policy.Role;

/** Who stands for the people of a complaint, which the data does not name. */
interface Casting {
  /** The buyer's side of a complaint. */
  Part buyer(Complaint complaint);

  /** The merchant's side of a complaint. */
  Part merchant(Complaint complaint);

  /** The id under which somebody of this role works. */
  String staff(Role role);

  /** A party as it is registered: zone and language as IANA and {@code EN} or {@code ZH} have them. */
  record Part(String id, String name, String zone, String language) {}

  /** As the data has it: one buyer for each state, one merchant for each company, or product where it names none. */
  Casting BY_DATA = new Casting() {
    private static final String ZONE = "America/New_York";
    private static final int LONGEST_NAME = 60;
    private static final Map<Role, String> STAFF =
        Map.of(Role.PLATFORM, "cfpb", Role.MEDIATOR_LEAD, "cfpb-lead");

    @Override public Part buyer(Complaint complaint) {
      var state = complaint.state();
      return new Part("cfpb-consumer-" + (state.matches("[A-Za-z]{2}") ? state : "none"), "A consumer in " + state,
          ZONE, "EN");
    }

    @Override public Part merchant(Complaint complaint) {
      var company = complaint.company();
      var slug = (company.isEmpty() ? "company for " + complaint.product() : company).toLowerCase(Locale.ROOT)
          .replaceAll("[^a-z0-9]+", "-");
      return new Part("cfpb-" + slug.substring(0, Math.min(slug.length(), LONGEST_NAME)),
          company.isEmpty() ? complaint.product() : company, ZONE, "EN");
    }

    @Override public String staff(Role role) {
      return STAFF.getOrDefault(role, "cfpb-" + role.name().toLowerCase(Locale.ROOT));
    }
  };
}
