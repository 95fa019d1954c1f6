package dev.parley.bench;

/** Takes what a connection receives, on its event loop. */
public interface Receiver {

  /** A message of this run; {@code intended} is when it was meant to be sent. */
  void message(long seq, long number, long intended);

  /** Any other event of the conversation's log. */
  void logged(long seq);

  /** A post of this connection is durable. */
  void acknowledged(long seq, long number, long intended);

  /** A post of this connection was answered with an error. */
  void refused(Refused refusal);

  /** The connection ended, though nobody here closed it. */
  void lost(String why);

  /** For connections that only make calls. */
  Receiver NONE =
      new Receiver() {
        @Override
        public void message(long seq, long number, long intended) {}

        @Override
        public void logged(long seq) {}

        @Override
        public void acknowledged(long seq, long number, long intended) {}

        @Override
        public void refused(Refused refusal) {}

        @Override
        public void lost(String why) {}
      };
}
