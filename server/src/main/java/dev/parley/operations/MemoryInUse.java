package dev.parley.operations;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The heap as the last collection left it (what became garbage since would only have to be
 * collected; before the first one, there was no need) and Netty's buffers outside of it. The share
 * is the largest of three: that of both in the limit, and that of each in what the JVM allows it.
 */
final class MemoryInUse implements Memory.Gauge {
  private static final long MEBIBYTE = 1024 * 1024;
  private static final Duration STALE = Duration.ofSeconds(10);

  private final long limit;
  private final long maxHeap = Runtime.getRuntime().maxMemory();
  private final long maxBuffers = PlatformDependent.maxDirectMemory();
  private final Set<String> heapPools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toUnmodifiableSet());

  MemoryInUse(long limit) {
    this.limit = limit == 0 ? maxHeap + maxBuffers : limit;
  }

  @Override
  public double share() {
    double heap = heap();
    double buffers = buffers();
    return Math.max((heap + buffers) / limit, Math.max(heap / maxHeap, buffers / maxBuffers));
  }

  @Override
  public String words() {
    return "heap %d of %d MiB, buffers %d of %d MiB, together at most %d (MEMORY_LIMIT_MB)"
        .formatted(
            heap() / MEBIBYTE,
            maxHeap / MEBIBYTE,
            buffers() / MEBIBYTE,
            maxBuffers / MEBIBYTE,
            limit / MEBIBYTE);
  }

  private long heap() {
    return lastCollection().map(this::left).orElse(0L);
  }

  private long left(GcInfo collection) {
    Map<String, MemoryUsage> after = collection.getMemoryUsageAfterGc();
    return after.entrySet().stream()
        .filter(pool -> heapPools.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }

  private static Optional<GcInfo> lastCollection() {
    return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
        .flatMap(collector -> Optional.ofNullable(collector.getLastGcInfo()).stream())
        .max(Comparator.comparingLong(GcInfo::getEndTime));
  }

  private static long buffers() {
    return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider known
        ? known.metric().usedDirectMemory()
        : 0;
  }

  /** A server at rest collects nothing, and would not notice what has been let go. */
  @Override
  public void refresh() {
    long now = ManagementFactory.getRuntimeMXBean().getUptime();
    long last = lastCollection().map(GcInfo::getEndTime).orElse(0L);
    if (now - last > STALE.toMillis()) {
      System.gc();
    }
  }
}
