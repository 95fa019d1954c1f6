package dev.parley.operations;

import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is given up when memory runs out, so that the server need not die of it: first events that
 * may be lost, then new sockets. Nobody who is in is put out, but for readers that lag. To be given
 * up takes a margin less than to be had again, so that the server does not waver.
 */
public final class Memory {
  private static final Logger LOG = LoggerFactory.getLogger(Memory.class);
  private static final double MARGIN = 0.1;

  private final Gauge gauge;
  private volatile Strain strain = Strain.NONE;

  /** How much there is, measured. */
  interface Gauge {
    /** The share that is in use of what there is, 0 to 1 and beyond. */
    double share();

    /** What is in use, in words. */
    String words();

    /** Sees to it that a share that has fallen is noticed. */
    void refresh();
  }

  /** What is given up, each with all before it. */
  enum Strain {
    NONE(0, "enough again"),
    SHEDS(0.8, "passing events are dropped"),
    REFUSES(0.9, "new sockets are refused, and readers that lag are closed");

    private final double from;
    private final String words;

    Strain(double from, String words) {
      this.from = from;
      this.words = words;
    }

    private static Strain at(double share) {
      return Arrays.stream(values())
          .filter(strain -> share >= strain.from)
          .reduce((less, more) -> more)
          .orElse(NONE);
    }

    Strain after(double share) {
      Strain reached = at(share);
      Strain left = at(share + MARGIN);
      return reached.compareTo(this) > 0 ? reached : left.compareTo(this) < 0 ? left : this;
    }
  }

  Memory(Gauge gauge) {
    this.gauge = gauge;
  }

  /**
   * @param limit of heap and buffers together, in bytes; 0 for what the JVM has anyway
   */
  public static Memory of(long limit) {
    return new Memory(new MemoryInUse(limit));
  }

  /** Measures anew. To be called several times a second. */
  public void look() {
    double share = gauge.share();
    Strain now = strain.after(share);
    if (now != strain) {
      tell(now, gauge.words());
      strain = now;
    }
    if (now != Strain.NONE) {
      gauge.refresh();
    }
  }

  private static void tell(Strain now, String inUse) {
    if (now == Strain.NONE) {
      LOG.info("memory: {}: {}", now.words, inUse);
    } else {
      LOG.warn("memory is short: {}: {}", now.words, inUse);
    }
  }

  /** Whether events that may be lost are dropped now. */
  public boolean sheds() {
    return strain != Strain.NONE;
  }

  /** Whether no new socket is taken now. */
  public boolean refuses() {
    return strain == Strain.REFUSES;
  }

  /** The share that is in use, 0 to 1 and beyond. */
  double share() {
    return gauge.share();
  }

  /** 0, 1 if something is shed, 2 if sockets are refused. */
  int strain() {
    return strain.ordinal();
  }
}
