package redress.notify;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import redress.dispute.Ruling;

/** Every value a notice can name in braces, and how it reads in a scene. An empty one leaves its paragraph out. */
final class Values {
  // @formatter:off
  private static final Map<String, Function<Scene, String>> ALL = Map.ofEntries(
      entry("dispute",          scene -> scene.filing().id().toString()),
      entry("payment",          scene -> scene.filing().payment()),
      entry("amount",           scene -> scene.amount(scene.filing().minor())),
      entry("reason",           scene -> scene.words().phrases.get("reason", scene.filing().reason())),
      entry("wish",             scene -> scene.words().phrases.get("remedy", scene.filing().wish())),
      entry("round",            scene -> Integer.toString(scene.dispute().round().number())),
      entry("status",           scene -> scene.words().phrases.get("status", scene.dispute().status())),
      entry("next",             Scene::next),
      entry("deadline",         Scene::deadline),
      entry("silence",          Scene::silence),
      entry("offer",            Scene::offerTerms),
      entry("offer.until",      Scene::offerUntil),
      entry("proposal",         Scene::proposalTerms),
      entry("proposal.until",   Scene::proposalUntil),
      entry("asked",            Scene::asked),
      entry("asked.until",      Scene::askedUntil),
      entry("ruling",           scene -> scene.ruling(ruling -> scene.words().phrases.get("outcome", ruling.outcome()))),
      entry("ruling.terms",     scene -> scene.ruling(ruling -> scene.terms(ruling.terms()))),
      entry("ruling.liable",    scene -> scene.ruling(ruling -> liable(scene, ruling))),
      entry("appeal.until",     Scene::appealUntil),
      entry("remedy",           Scene::remedy),
      entry("agreed",           Scene::agreed),
      entry("confirm.until",    Scene::confirmUntil),
      entry("days.latest",      Scene::latestDays),
      entry("days.exact",       Scene::exactDays),
      entry("days.brief",       Scene::daysInBrief),
      entry("zone",             scene -> scene.words().offset(scene.matter().dispute().lastAt())),
      entry("statement.until",  Scene::statementUntil),
      entry("promise",          Scene::promise),
      entry("promise.state",    Scene::promiseState),
      entry("refund.amount",    Scene::refundAmount),
      entry("refund.arrival",   Scene::refundArrival),
      entry("problem",          Scene::problem),
      entry("problems",         Scene::problems),
      entry("payout",           Scene::payout),
      entry("followup.until",   Scene::followUpUntil),
      entry("answer",           Scene::answer),
      entry("result",           Scene::result),
      entry("reopen.until",     Scene::reopenUntil));
  // @formatter:on

  /** The names that may stand in braces. */
  static Set<String> names() {
    return ALL.keySet();
  }

  /** How {@code name} reads in {@code scene}; throws IllegalArgumentException for a name that is none. */
  static String read(String name, Scene scene) {
    var value = ALL.get(name);
    if (value == null) throw new IllegalArgumentException("no value is called " + name);
    return value.apply(scene);
  }

  private static String liable(Scene scene, Ruling ruling) {
    return scene.words().phrases.get("liable", ruling.liable());
  }

  private Values() {}
}
