package redress.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import redress.command.Doorman.Guest;
import redress.policy.Role;

/** {@code ./redress sign-in-link}: an address that lets somebody in with a browser, once. */
@Command(name = "sign-in-link", mixinStandardHelpOptions = true,
    description = "Prints an address that lets somebody in with a browser, once: into the living centre of"
        + " ./redress demo --keep, or into your own server.")
public final class SignInLink implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--role", required = true, paramLabel = "ROLE",
      description = "As what: ${COMPLETION-CANDIDATES}.") Role role = Role.BUYER;

  @Option(names = "--subject", paramLabel = "ID",
      description = "The party, or the member of staff; whom the living centre has when left out.")
  @Nullable String subject;

  @Option(names = "--person", paramLabel = "ID", description = "The human behind a merchant's account.")
  @Nullable String person;

  @Option(names = "--leads", defaultValue = "/", paramLabel = "PATH",
      description = "The page it leads to.") String leads = "/";

  @Option(names = "--server", paramLabel = "URL", description = "Your server, such as http://127.0.0.1:8080.")
  @Nullable String server;

  @Option(names = "--key-file", paramLabel = "FILE", description = "A file with the key that makes it: an"
      + " administrator's for staff, the host platform's for buyers and merchants. Needed with --server.")
  @Nullable Path keyFile;

  @Option(names = "--into", paramLabel = "FOLDER", description = "Where the living centre keeps its papers;"
      + " target/demo of Redress when left out.") Path into = Demo.folder();

  @Override public Integer call() {
    var doorman = server == null ? Doorman.of(into) : theirs(server);
    var guest = Residents.guest(role);
    if (subject != null || person != null) {
      guest = new Guest(role, subject == null ? guest.subject() : subject, person, null, leads);
    } else if (server != null) {
      throw new Trouble("say with --subject whom it lets in");
    }
    var out = spec.commandLine().getOut();
    out.println(doorman.link(new Guest(role, guest.subject(), guest.person(), guest.limit(), leads)));
    out.flush();
    return 0;
  }

  private Doorman theirs(String address) {
    if (keyFile == null) throw new Trouble("name the file with the key by --key-file");
    try {
      var secret = Files.readString(keyFile).strip();
      var uri = URI.create(address);
      if (!"http".equals(uri.getScheme()) || uri.getPort() < 0) {
        throw new Trouble("--server is an address like http://127.0.0.1:8080, not " + address);
      }
      return new Doorman("http://" + uri.getAuthority(), secret, secret);
    } catch (IOException e) {
      throw new Trouble(keyFile + " cannot be read; is it there?");
    } catch (IllegalArgumentException e) {
      throw new Trouble("--server is an address like http://127.0.0.1:8080, not " + address);
    }
  }
}
