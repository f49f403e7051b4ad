package redress.lab.judge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import redress.dispute.Dispute;
import redress.dispute.Matter;
import redress.dispute.Payment;
import redress.dispute.Rules;
import redress.dispute.Stage;

class IndependenceTest {
  private static final JavaClasses LAB = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("redress.lab");

  @Test void the_judge_never_asks_the_rules_or_postings_it_judges() {
    noClasses().that().resideInAPackage("redress.lab.judge..").should().dependOnClassesThat()
        .belongToAnyOf(Rules.class, Dispute.class, Stage.class, Matter.class, Payment.class).check(LAB);
    noClasses().that().resideInAPackage("redress.lab.judge..").should().dependOnClassesThat()
        .resideInAnyPackage("redress.posting..", "redress.lab.life..", "redress.lab.simulate..").check(LAB);
  }

  @Test void the_judge_uses_the_check_room_only_for_its_words() {
    noClasses().that().resideInAPackage("redress.lab.judge..").should().dependOnClassesThat()
        .haveFullyQualifiedName("redress.check.Checks").check(LAB);
  }
}
