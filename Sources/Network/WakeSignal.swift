import CPlatform
import Glibc

/// Wakes a thread that waits in `Stream.wait` or `Listener.accept`. It stays on until it is cleared, so
/// a signal given before the wait is not lost. All calls may come from any thread.
package final class WakeSignal: Sendable {
  let descriptor: Int32

  package init() throws(NetworkError) {
    descriptor = martinet_eventfd()
    guard descriptor >= 0 else { throw .system("cannot create an event") }
  }

  deinit { close(descriptor) }

  /// Wakes whoever waits now or next.
  package func signal() {
    martinet_eventfd_set(descriptor)
  }

  package func clear() {
    martinet_eventfd_clear(descriptor)
  }

  /// Waits until it is on; false when the time is over.
  package func wait(timeoutMilliseconds: Int?) -> Bool {
    waitForEvents(on: -1, 0, wake: self, deadline: Deadline(milliseconds: timeoutMilliseconds)) == .woken
  }

  package var isSignalled: Bool {
    waitForEvents(on: -1, 0, wake: self, deadline: Deadline(milliseconds: 0)) == .woken
  }
}
