package dev.parley.mcp;

import dev.parley.calls.Admission;
import dev.parley.calls.Caller;
import dev.parley.wire.Refusal;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;

/** Knows what is for whom, whichever way they come. */
public final class Reception {
  private final Surface surface;
  private final Optional<Surface> forStrangers;
  private final Admission admission;
  private final Modern modern;

  /**
   * @param forStrangers what whoever brings no token gets; normally nothing
   */
  public Reception(
      Surface surface, Optional<Surface> forStrangers, Admission admission, InstantSource clock) {
    this.surface = surface;
    this.forStrangers = forStrangers;
    this.admission = admission;
    this.modern = new Modern(new Seal(clock));
  }

  Admission admission() {
    return admission;
  }

  Modern modern() {
    return modern;
  }

  /**
   * @throws Refusal {@code unauthenticated} if there is nothing for strangers
   */
  Visitor welcome(String requestId, Optional<Caller> caller, InetAddress client) {
    Surface offered =
        caller
            .map(known -> surface)
            .or(() -> forStrangers)
            .orElseThrow(() -> Refusal.unauthenticated("Bring a bearer token"));
    return new Visitor(requestId, caller, client, offered);
  }
}
