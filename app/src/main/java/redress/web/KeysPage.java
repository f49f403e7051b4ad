package redress.web;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.api.Access.KeyView;
import redress.policy.Role;

/** Keys of the API, those that open or (all) every one ever made, and the one that was just made with its secret. */
public record KeysPage(Office office, List<KeyView> keys, boolean all, @Nullable KeyView fresh) {
  public KeysPage {
    keys = List.copyOf(keys);
  }

  static KeysPage of(Office office, List<KeyView> keys, @Nullable String show, @Nullable KeyView fresh) {
    boolean all = "all".equals(show);
    return new KeysPage(office, keys.stream().filter(it -> all || it.revokedAt() == null).toList(), all, fresh);
  }

  /** As whom a key can be. */
  public List<Role> roles() {
    return Arrays.stream(Role.values()).filter(it -> it != Role.SYSTEM).toList();
  }

  /** What a role is called. */
  public String name(Role role) {
    var frame = office.frame();
    return switch (role) {
      case PLATFORM -> frame.say("Payment platform", "支付平台");
      case BUYER -> frame.say("Buyer", "买家");
      case MERCHANT_OWNER -> frame.say("Merchant, owner", "商家负责人");
      case MERCHANT_AGENT -> frame.say("Merchant, agent", "商家客服");
      case MERCHANT_VIEWER -> frame.say("Merchant, viewer", "商家查看者");
      case SYSTEM -> "";
      case MEDIATOR, MEDIATOR_LEAD, VERIFIER, FINANCE, SUPPORT, AUDITOR, ADMIN -> Wording.role(frame, role);
    };
  }
}
