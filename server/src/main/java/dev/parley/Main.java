package dev.parley;

import dev.parley.http.Port;
import dev.parley.store.UnusableDatabase;
import dev.parley.wire.Refusal;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Whatever goes wrong is one line on standard error and an exit code. */
@Command(
    name = "parley",
    description = "A conversation server: rooms, personas, one log.",
    subcommands = {
      Serve.class,
      CallFunction.class,
      SpeakMcp.class,
      ShowConfiguration.class,
      BackUp.class,
      Restore.class,
      Verify.class,
      Forget.class,
      OwnerLink.class,
      Rehearse.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(List.of(arguments).equals(List.of("serve")) ? serve() : execute(arguments));
  }

  /** There is nothing to parse, and picocli would take a third of the start to find that out. */
  private static int serve() {
    try {
      return new Serve().call();
    } catch (InterruptedException | RuntimeException failure) {
      return fail(failure);
    }
  }

  private static int execute(String[] arguments) {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((failure, command, parsed) -> fail(failure))
        .execute(arguments.length == 0 ? new String[] {"help"} : arguments);
  }

  private static int fail(Exception failure) {
    boolean known =
        failure instanceof UnusableDatabase
            || failure instanceof Configuration.Wrong
            || failure instanceof Port.CannotBind
            || failure instanceof Refusal
            || failure instanceof IllegalArgumentException
            || failure instanceof IOException;
    System.err.println("parley: " + (known ? Reason.of(failure) : failure.toString()));
    if (!known) {
      failure.printStackTrace();
    }
    return 1;
  }
}
