package dev.parley.bench;

/** Takes the frames of one connection, on its event loop. */
interface FrameSink {

  /**
   * One whole frame.
   *
   * @param first the frame's first byte: FIN bit and opcode
   * @param bytes holds the payload in {@code [from, to)}, until this method returns
   */
  void frame(int first, byte[] bytes, int from, int to);

  /** The connection is gone. */
  void closed();

  /** The connection broke; {@link #closed} follows. */
  void broken(Throwable cause);
}
