package dev.parley.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A server of somebody else, started for a comparison; it prints its port when it is ready. */
final class RivalServer implements Server {
  private final String name;
  private final Process process;
  private final Endpoint endpoint;

  private RivalServer(String name, Process process, int port) {
    this.name = name;
    this.process = process;
    this.endpoint = Endpoint.loopback(port);
  }

  /**
   * Starts one and waits for its port.
   *
   * @throws LoadFailure if it prints none
   */
  static RivalServer start(String name, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      BufferedReader said = process.inputReader();
      return new RivalServer(name, process, Integer.parseInt(String.valueOf(said.readLine())));
    } catch (IOException | NumberFormatException e) {
      throw new LoadFailure(name + " could not be started: " + e.getMessage());
    }
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public Optional<Usage> usage() {
    return Optional.of(Usage.of(process.toHandle()));
  }

  @Override
  public void checkAlive() {
    if (!process.isAlive()) {
      throw new LoadFailure(name + " ended with exit code " + process.exitValue());
    }
  }

  @Override
  public String describe() {
    return name;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
