package dev.parley.functions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Does one thing after the other, in the order in which they were added, on a virtual thread. */
final class Delivery {
  private static final Runnable NOTHING = () -> {};

  private final int capacity;
  private final Deque<Runnable> pending = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition quiet = lock.newCondition();
  private boolean delivering;

  Delivery(int capacity) {
    this.capacity = capacity;
  }

  /** Waits while too much is pending; whoever is part of the delivery must not wait for it. */
  void awaitRoom() {
    if (Chain.isHandling()) {
      return;
    }
    lock.lock();
    try {
      while (pending.size() >= capacity) {
        room.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  void add(Runnable telling) {
    lock.lock();
    try {
      pending.add(telling);
      if (!delivering) {
        delivering = true;
        Thread.startVirtualThread(this::deliver);
      }
    } finally {
      lock.unlock();
    }
  }

  void settle() {
    lock.lock();
    try {
      while (delivering) {
        quiet.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How much is pending. */
  int size() {
    lock.lock();
    try {
      return pending.size();
    } finally {
      lock.unlock();
    }
  }

  private void deliver() {
    for (Runnable next = next(); next != NOTHING; next = next()) {
      next.run();
    }
  }

  private Runnable next() {
    lock.lock();
    try {
      Runnable next = pending.poll();
      if (next == null) {
        delivering = false;
        quiet.signalAll();
        return NOTHING;
      }
      room.signal();
      return next;
    } finally {
      lock.unlock();
    }
  }
}
